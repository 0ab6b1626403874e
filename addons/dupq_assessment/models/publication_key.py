"""The key to what is published, for the code of this addon alone."""

# Only code that imports this object can put it in a context: RPC clients cannot.
PUBLISH_SENTINEL = object()
