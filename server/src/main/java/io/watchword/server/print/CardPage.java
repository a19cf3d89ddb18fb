package io.watchword.server.print;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The page of a card as XSL formatting objects (XSL 1.1). Whatever a person brings is text in it:
 * escaped, and without the characters by which it could turn the writing around it.
 */
final class CardPage {

  /** What is printed where nothing is on file (contract identity-v1 9.6). */
  static final String NOT_AVAILABLE = "NA";

  private static final Set<String> RIGHT_TO_LEFT = Set.of("ara", "heb", "fas", "urd", "pus");
  private static final String INK = "#14323f";
  private static final String PALE = "#5b7480";

  private final Card card;
  private final CardLabels labels;
  private final String issued;
  private final @Nullable String photo;
  private final StringBuilder page = new StringBuilder(8_192);

  /**
   * @param issued the day, as it is printed
   * @param photo base64 of a PNG; {@code null}: none that can be printed
   */
  CardPage(Card card, CardLabels labels, String issued, @Nullable String photo) {
    this.card = card;
    this.labels = labels;
    this.issued = issued;
    this.photo = photo;
  }

  String text() {
    String primary = card.languages().getFirst();
    page.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>")
        .append("<fo:root xmlns:fo=\"http://www.w3.org/1999/XSL/Format\"")
        .append(" xmlns:fox=\"http://xmlgraphics.apache.org/fop/extensions\"")
        .append(" font-family=\"Card, CardArabic\" xml:lang=\"")
        .append(tag(primary))
        .append("\">");
    page.append("<fo:layout-master-set><fo:simple-page-master master-name=\"card\"")
        .append(" page-width=\"210mm\" page-height=\"148mm\" margin=\"0mm\"")
        .append(direction(primary))
        .append("><fo:region-body margin=\"10mm\"/></fo:simple-page-master>")
        .append("</fo:layout-master-set>");
    page.append("<fo:page-sequence master-reference=\"card\"" + direction(primary) + ">")
        .append("<fo:flow flow-name=\"xsl-region-body\">");
    head(primary);
    holder(primary);
    block(Card.Block.ADDRESS, "address");
    page.append("</fo:flow></fo:page-sequence></fo:root>");
    return page.toString();
  }

  private void head(String primary) {
    page.append("<fo:block role=\"H1\" font-size=\"20pt\" font-weight=\"bold\" color=\"")
        .append(INK)
        .append("\" border-bottom=\"1.2pt solid ")
        .append(INK)
        .append("\" padding-bottom=\"2mm\">")
        .append(escaped(labels.of("title", primary)))
        .append("<fo:inline font-size=\"8pt\" font-weight=\"normal\" color=\"")
        .append(PALE)
        .append("\">&#160;&#160;&#160;");
    for (String language : card.languages()) {
      inline(language, labels.of("issued", language));
      page.append("&#160;");
      inline(language, issued);
      page.append("&#160;&#160;&#160;");
    }
    page.append("</fo:inline></fo:block>");
  }

  /** Photo, name and UIN side by side, then the rest of who it is. */
  private void holder(String primary) {
    page.append(
            "<fo:table table-layout=\"fixed\" width=\"100%\" space-before=\"5mm\""
                + direction(primary)
                + ">")
        .append("<fo:table-column column-width=\"34mm\"/>")
        .append("<fo:table-column column-width=\"proportional-column-width(1)\"/>")
        .append("<fo:table-body><fo:table-row><fo:table-cell><fo:block>");
    if (photo != null) {
      page.append("<fo:external-graphic src=\"")
          .append("data:image/png;base64,")
          .append(photo)
          .append("\" content-width=\"scale-down-to-fit\" content-height=\"scale-down-to-fit\"")
          .append(" width=\"28mm\" height=\"34mm\" fox:alt-text=\"")
          .append(escaped(labels.of("photo", primary)))
          .append("\"/>");
    } else {
      page.append(NOT_AVAILABLE);
    }
    page.append("</fo:block></fo:table-cell><fo:table-cell>");
    table(Card.Block.IDENTITY, true);
    page.append("</fo:table-cell></fo:table-row></fo:table-body></fo:table>");
  }

  private void block(Card.Block block, String title) {
    page.append("<fo:block role=\"H2\" space-before=\"3mm\" font-size=\"8pt\" color=\"")
        .append(PALE)
        .append("\" border-bottom=\"0.5pt solid ")
        .append(PALE)
        .append("\">");
    for (String language : card.languages()) {
      inline(language, labels.of(title, language));
      page.append("&#160;&#160;&#160;");
    }
    page.append("</fo:block>");
    table(block, false);
  }

  /** A label, its value, and with two languages value and label of the other one across. */
  private void table(Card.Block block, boolean withUin) {
    if (card.fields().stream().noneMatch(field -> field.block() == block)) {
      page.append("<fo:block/>"); // a table without rows is none
      return;
    }
    boolean two = card.languages().size() == 2;
    page.append("<fo:table table-layout=\"fixed\" width=\"100%\" font-size=\"9pt\"")
        .append(direction(card.languages().getFirst()))
        .append(" space-before=\"1mm\"><fo:table-column column-width=\"28mm\"/>")
        .append("<fo:table-column column-width=\"proportional-column-width(1)\"/>");
    if (two) {
      page.append("<fo:table-column column-width=\"proportional-column-width(1)\"/>")
          .append("<fo:table-column column-width=\"28mm\"/>");
    }
    page.append("<fo:table-body>");
    for (Card.Field field : card.fields()) {
      if (field.block() == block) {
        row(field, field.name().equals("name"));
        if (withUin && field.name().equals("name")) {
          uin();
        }
      }
    }
    page.append("</fo:table-body></fo:table>");
  }

  private void uin() {
    var values = new java.util.HashMap<String, String>();
    card.languages().forEach(language -> values.put(language, card.maskedUin()));
    row(new Card.Field("uin", Card.Block.IDENTITY, values), false);
  }

  private void row(Card.Field field, boolean large) {
    List<String> languages = card.languages();
    page.append("<fo:table-row keep-together.within-page=\"always\">");
    label(field, languages.getFirst(), "start");
    value(field, languages.getFirst(), "start", large);
    if (languages.size() == 2) {
      value(field, languages.getLast(), "end", large);
      label(field, languages.getLast(), "end");
    }
    page.append("</fo:table-row>");
  }

  private void label(Card.Field field, String language, String align) {
    cell(language, labels.of(field.name(), language), align, " color=\"" + PALE + "\"");
  }

  private void value(Card.Field field, String language, String align, boolean large) {
    String value = field.values().get(language);
    if (value == null
        && field.values().size() == 1
        && language.equals(card.languages().getLast())) {
      // What has no language is not said twice.
      value = field.name().equals("uin") ? card.maskedUin() : "";
    } else if (value == null) {
      value = NOT_AVAILABLE;
    }
    cell(
        language,
        value,
        align,
        " color=\"" + INK + "\"" + (large ? " font-weight=\"bold\" font-size=\"11pt\"" : ""));
  }

  private void cell(String language, String text, String align, String style) {
    page.append("<fo:table-cell padding=\"0.6mm\"><fo:block text-align=\"")
        .append(align)
        .append("\" wrap-option=\"wrap\"")
        .append(style)
        .append(">");
    inline(language, text);
    page.append("</fo:block></fo:table-cell>");
  }

  /** Isolated, so that no text decides on the direction of what stands beside it. */
  private void inline(String language, String text) {
    // A word in the letters of another script gets the font and the direction of that script.
    boolean back =
        rightToLeft(language)
            && text.codePoints()
                .anyMatch(c ->
                    Character.getDirectionality(c) == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                        || Character.getDirectionality(c)
                            == Character.DIRECTIONALITY_RIGHT_TO_LEFT);
    page.append("<fo:bidi-override unicode-bidi=\"embed\" direction=\"")
        .append(back ? "rtl" : "ltr")
        .append("\" xml:lang=\"")
        .append(tag(language))
        .append("\"")
        .append(back ? " font-family=\"CardArabic, Card\"" : "")
        .append(">")
        .append(escaped(breakable(text)))
        .append("</fo:bidi-override>");
  }

  /** On each that has one of its own: it is not handed down everywhere. */
  private static String direction(String language) {
    return " writing-mode=\"" + (rightToLeft(language) ? "rl-tb" : "lr-tb") + "\"";
  }

  private static boolean rightToLeft(String language) {
    return RIGHT_TO_LEFT.contains(language);
  }

  private static String tag(String language) {
    return Locale.forLanguageTag(language).toLanguageTag();
  }

  /** With a place to break in each very long word, so that none runs over what is beside it. */
  private static String breakable(String text) {
    return text.replaceAll("(\\S{18})(?=\\S)", "$1\u200b");
  }

  private static String escaped(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .filter(CardPage::printable)
        .forEach(c -> {
          switch (c) {
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '&' -> escaped.append("&amp;");
            case '"' -> escaped.append("&quot;");
            default -> escaped.appendCodePoint(c);
          }
        });
    return escaped.toString();
  }

  /** No controls, no halves of characters, nothing that turns the direction of writing. */
  private static boolean printable(int c) {
    boolean turns =
        (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
    return !turns
        && !Character.isISOControl(c)
        && Character.getType(c) != Character.SURROGATE
        && c != 0xFFFE
        && c != 0xFFFF;
  }
}
