"""Amazon Bedrock: its addresses, its two kinds of keys, its client and its list of models."""
