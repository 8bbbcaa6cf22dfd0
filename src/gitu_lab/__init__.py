"""Training and serving code for machines that run models; it never imports gitu."""
