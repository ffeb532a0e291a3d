"""The practice supply platform: factories, their goods, and contacts who answer after a while."""
