"""
What are the coders told?

The same question for every item, three answers, and three invented examples of each. Whoever
codes reads this first, alone, and does not see the key.
"""

__all__ = ["CODEBOOK"]

CODEBOOK = """\
# Codebook

Each line of the sheet shows one sentence, parted into what stands before the **node**, the node
itself, and what stands after it. The column *question* says what the word is thought to do.

**The question: does the word here do what the gloss says?**

Write one answer into the column *verdict*; anything you want to say goes into *note*. Judge
the word in this sentence only, not the article, not who may have written it, and not whether
the word is deserved: a word can present something as given and be right. It doesn't matter
whose words they are: a quoted "regime" does what "regime" does. Code alone, in the order of the
sheet, and don't look for the article.

## yes

The word is used in the sense of the gloss.

- regime (presents a government as illegitimate): *The regime in Velmora has closed the harbour.*
- pretext (presents a stated reason as not the real one): *Arlen sent ships under the pretext of
  a rescue.*
- flood (presents people who arrive as a force of nature): *A flood of newcomers reached the
  camps at Orlin.*

## no

The word has another sense here, or names something that the gloss is not about.

- regime: *The clinic put its patients on a strict regime of walks.*
- coup (presents a change of power as illegal): *Signing the young goalkeeper was a coup for Arlen.*
- flood: *The flood carried two bridges away at Orlin.*

## unclear

The sentence leaves open which it is, or too little of it is there. Not for hard cases that you
can decide with some thought.

- regime: *A new regime begins on Monday.*
- radical (places people at the far end of a scale): *Vane called the plan radical.*
- crusade (presents an effort as zealous): *The crusade ended where it had begun.*
"""
