package io.watchword.wire.cbeff;

/**
 * A registered format, product or algorithm. Formats of ISO/IEC 19794 have organization {@code
 * 257}, but it must not be compared: others are about (contract biosdk 7).
 *
 * @param organization who has registered it
 * @param type what it is, a number for the formats of ISO
 */
public record RegistryId(String organization, String type) {

  /** ISO/IEC JTC 1 SC 37. */
  public static final String ISO = "257";

  /** Finger minutiae, ISO/IEC 19794-2. */
  public static final RegistryId FINGER_MINUTIAE = new RegistryId(ISO, "2");

  /** Finger image, ISO/IEC 19794-4:2011. */
  public static final RegistryId FINGER_IMAGE = new RegistryId(ISO, "7");

  /** Face image, ISO/IEC 19794-5:2011. */
  public static final RegistryId FACE_IMAGE = new RegistryId(ISO, "8");

  /** Iris image, ISO/IEC 19794-6:2011. */
  public static final RegistryId IRIS_IMAGE = new RegistryId(ISO, "9");

  public RegistryId {
    organization = organization == null ? "" : organization;
    type = type == null ? "" : type;
  }
}
