"""Files for others than the service: what goes in, under which names, and who may read them."""
