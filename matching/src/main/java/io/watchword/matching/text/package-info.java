/**
 * Owns how names, addresses and other texts are compared: {@link
 * io.watchword.matching.text.RuleTextMatcher} by the {@link io.watchword.matching.text.TextRules}
 * of a language, whose defaults are the text files beside this package. What they fold and what
 * they must not is told in {@code docs/decisions/033}.
 *
 * <p>Does not own which stored value a claim is compared with, nor dates and ages: that is the
 * core's {@code authentication.Demographics}, which calls this package through its port {@code
 * TextMatcher}.
 */
@NullMarked
package io.watchword.matching.text;

import org.jspecify.annotations.NullMarked;
