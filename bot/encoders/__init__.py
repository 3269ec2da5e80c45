"""Sentence encoders: MiniLM reads English, E5 reads Spanish. Both give 384 numbers of length one."""
