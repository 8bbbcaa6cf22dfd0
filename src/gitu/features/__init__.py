"""One folder a feature, in tiers; a feature imports only lower tiers' api, schemas and errors."""
