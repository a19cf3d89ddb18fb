package io.watchword.server.people;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A person as a line of an import file says. Members that are left out are {@code null}.
 *
 * @param uin compulsory: by it a person is known when the file is imported again
 * @param handles with their postfix, such as {@code +919876543210@phone}
 * @param attributes each a text, or texts by ISO 639-3 code
 * @param preferredLanguage ISO 639-3
 * @param face base64 of an image, or the name of a file that ends in .jpg, .jpeg, .png or .jp2
 * @param fingers left out: those on file stay; an empty list takes them away
 * @param biometrics base64 of CBEFF XML, or the name of a file that ends in .xml or .cbeff; of
 *     modalities that are not in it what is on file stays
 * @param locks codes of locked factors; left out: stay as they are
 * @param deactivated left out: stays as it is
 * @param fictitiousCode the code that always is this person's; in the demo profile only
 */
public record PersonLine(
    @Nullable String uin,
    @Nullable List<Vid> vids,
    @Nullable List<String> handles,
    @Nullable Map<String, JsonNode> attributes,
    @Nullable String preferredLanguage,
    @Nullable String face,
    @Nullable List<Finger> fingers,
    @Nullable String biometrics,
    @Nullable List<String> locks,
    @Nullable Boolean deactivated,
    @Nullable String fictitiousCode) {

  /**
   * @param type {@code perpetual}, {@code temporary} (it expires) or {@code one-use}
   * @param expires an instant such as {@code 2027-01-31T00:00:00Z}
   */
  public record Vid(@Nullable String vid, @Nullable String type, @Nullable String expires) {

    @Override
    public String toString() {
      return "Vid[" + type + "]";
    }
  }

  /**
   * One impression of one finger; several of the same finger are alternatives.
   *
   * @param position such as {@code Left IndexFinger} or {@code UNKNOWN}; left out: the one that the
   *     record names
   * @param record base64 of a template of ISO/IEC 19794-2 or of an image, or the name of a file
   */
  public record Finger(@Nullable String position, @Nullable String record) {

    @Override
    public String toString() {
      return "Finger[" + position + "]";
    }
  }

  @Override
  public String toString() {
    return "PersonLine";
  }
}
