"""Small sentence-transformers models with random weights, made on the spot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

WORDS = (
    "[PAD] [UNK] [CLS] [SEP] [MASK] what does low mean on my report ? bees eat nectar and pollen . the team "
    "may check heart lungs blood before each treatment again in between , : 38 ° c call query passage "
    "hive honey"
).split()


def bert(folder: Path, *, seed: int = 0, max_tokens: int = 64, dim: int = 32) -> Any:
    """Return a BERT of one layer as a module; another ``seed`` gives other weights."""
    import torch
    from sentence_transformers.sentence_transformer.modules import Transformer
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    config = BertConfig(
        vocab_size=len(WORDS),
        hidden_size=dim,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=2 * dim,
        max_position_embeddings=128,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
    )
    raw = folder.parent / f"{folder.name}-raw"
    BertModel(config).save_pretrained(raw)
    _tokenizer().save_pretrained(raw)
    return Transformer(str(raw), max_seq_length=max_tokens)


def _tokenizer() -> Any:
    import transformers
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors

    words = {word: n for n, word in enumerate(dict.fromkeys(WORDS))}
    tokenizer = Tokenizer(models.WordPiece(words, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    special = [("[CLS]", words["[CLS]"]), ("[SEP]", words["[SEP]"])]
    tokenizer.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=special)
    fast: Any = transformers.PreTrainedTokenizerFast
    return fast(
        tokenizer_object=tokenizer,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def pooling(dim: int = 32, mode: Any = "mean", *, include_prompt: bool = True) -> Any:
    """Return a pooling as a module."""
    from sentence_transformers.sentence_transformer.modules import Pooling

    return Pooling(dim, mode, include_prompt)


def save(folder: Path, *modules: Any, prompts: dict[str, str] | None = None) -> Path:
    """Save a model of these modules into ``folder``."""
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(modules=list(modules), prompts=prompts, device="cpu").save(str(folder))
    return folder
