"""Files to share outside the service: their content, how ids are replaced, who may read them."""
