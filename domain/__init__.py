"""What things are and the pure rules about them. No I/O."""
