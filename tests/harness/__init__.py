"""What the tests in this folder stand on: servers, browsers, clients."""
