"""The store's orders part: orders, chat with buyers, the address book, bindings to factories."""
