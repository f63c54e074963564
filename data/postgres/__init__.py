"""The parts the embedded server is made of: binaries, the system user, what a killed run leaves behind, sockets."""
