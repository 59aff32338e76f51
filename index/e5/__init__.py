"""The default embedder: multilingual-e5-small out of a package's file, as an ONNX graph and a tokenizer in a folder."""
