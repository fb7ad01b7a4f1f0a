"""The measure of all things: a Django view that does the least that any stored answer needs."""
