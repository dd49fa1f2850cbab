"""transformers' base class of configurations, where its source is not at hand; read by the interpreter, never imported.

Source: configuration_utils.PreTrainedConfig of transformers 5 and 4.
"""


class PreTrainedConfig:
    model_type = ""
    is_composition = False
    attribute_map = {}

    def __init__(self, **kwargs):
        self.output_attentions = False
        self.output_hidden_states = False
        self.return_dict = True
        self.use_return_dict = True
        self.tie_word_embeddings = True
        self.torchscript = False
        self.is_encoder_decoder = False
        self.is_decoder = False
        self.cross_attention_hidden_size = None
        self.add_cross_attention = False
        self.chunk_size_feed_forward = 0
        self.num_labels = 2
        self.problem_type = None
        self.pad_token_id = None
        self.bos_token_id = None
        self.eos_token_id = None
        self._attn_implementation = None
        for key, value in kwargs.items():
            setattr(self, key, value)

    def __setattr__(self, key, value):
        super().__setattr__(self.attribute_map.get(key, key), value)

    def __getattribute__(self, key):
        if key != "attribute_map" and key in super().__getattribute__("attribute_map"):
            key = super().__getattribute__("attribute_map")[key]
        return super().__getattribute__(key)


PretrainedConfig = PreTrainedConfig
