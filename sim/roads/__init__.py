"""Roads as arrays: the network, who may pass, the way there, and who drives along it."""
