package io.watchword.matching.finger;

import com.machinezoo.fingerprintio.TemplateFormat;
import com.machinezoo.sourceafis.FingerprintCompatibility;
import com.machinezoo.sourceafis.FingerprintImage;
import com.machinezoo.sourceafis.FingerprintImageOptions;
import com.machinezoo.sourceafis.FingerprintTemplate;
import java.util.Optional;

/** What of a finger is kept on file. */
public final class FingerTemplates {

  private FingerTemplates() {}

  /**
   * The finger as one view of ISO/IEC 19794-2:2005 in record format, without qualities, extended
   * data or device. Takes some 0.3 s of a core for an image.
   *
   * @return empty: the image cannot be decoded, shows no minutia, or is noise
   */
  public static Optional<byte[]> of(FingerRecord.Usable record) {
    MinutiaeTemplate template =
        switch (record) {
          case MinutiaeTemplate minutiae -> minutiae;
          case FingerImage image -> {
            try {
              byte[] extracted =
                  FingerprintCompatibility.exportTemplates(
                      TemplateFormat.ISO_19794_2_2005, extract(image));
              yield MinutiaeReader.read(extracted).at(image.position());
            } catch (Refused e) {
              yield null;
            }
          }
        };
    return template == null || template.minutiae().isEmpty()
        ? Optional.empty()
        : Optional.of(template.toRecord());
  }

  static FingerprintTemplate extract(FingerImage image) throws Refused {
    var options = new FingerprintImageOptions().dpi(image.dpi());
    var raw = new FingerprintImage(image.width(), image.height(), image.pixels(), options);
    try (var _ = new RidgePoints()) {
      return new FingerprintTemplate(raw);
    } catch (RidgePoints.TooMany e) {
      throw e.refused();
    }
  }
}
