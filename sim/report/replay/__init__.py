"""The picture of one replication: compact arrays for the map, and the page that plays them."""
