"""The outputs of transformers' models whose source is not at hand: read by the interpreter, never imported.

Each has the fields that it is given; in the library they stand in the order in which models give them.
Source: modeling_outputs of transformers 5.
"""

from transformers.utils.generic import ModelOutput


class _Given(ModelOutput):
    def __init__(self, **given):
        self.__dict__.update(given)

    def __getattr__(self, name):
        return None

    def keys(self):
        return [name for name, value in vars(self).items() if value is not None]


BaseModelOutput = _Given
BaseModelOutputWithNoAttention = _Given
BaseModelOutputWithPooling = _Given
BaseModelOutputWithPoolingAndNoAttention = _Given
BaseModelOutputWithPast = _Given
BaseModelOutputWithCrossAttentions = _Given
BaseModelOutputWithPoolingAndCrossAttentions = _Given
BaseModelOutputWithPastAndCrossAttentions = _Given
MoEModelOutput = _Given
MoeModelOutputWithPast = _Given
MoeCausalLMOutputWithPast = _Given
MoEModelOutputWithPastAndCrossAttentions = _Given
Seq2SeqModelOutput = _Given
Seq2SeqMoEModelOutput = _Given
CausalLMOutput = _Given
CausalLMOutputWithPast = _Given
CausalLMOutputWithCrossAttentions = _Given
SequenceClassifierOutputWithPast = _Given
MaskedLMOutput = _Given
Seq2SeqLMOutput = _Given
Seq2SeqMoEOutput = _Given
NextSentencePredictorOutput = _Given
SequenceClassifierOutput = _Given
Seq2SeqSequenceClassifierOutput = _Given
MultipleChoiceModelOutput = _Given
TokenClassifierOutput = _Given
QuestionAnsweringModelOutput = _Given
Seq2SeqQuestionAnsweringModelOutput = _Given
SemanticSegmenterOutput = _Given
ImageClassifierOutput = _Given
ImageClassifierOutputWithNoAttention = _Given
DepthEstimatorOutput = _Given
ImageSuperResolutionOutput = _Given
Wav2Vec2BaseModelOutput = _Given
XVectorOutput = _Given
BackboneOutput = _Given
BaseModelOutputWithPoolingAndProjection = _Given
Seq2SeqSpectrogramOutput = _Given
Seq2SeqTSModelOutput = _Given
Seq2SeqTSPredictionOutput = _Given
SampleTSPredictionOutput = _Given
MaskedImageModelingOutput = _Given
