"""The pages planners open in a browser; imports sim, and nothing in sim imports it."""
