package io.watchword.server.settings;

import io.watchword.core.authentication.PinTries;
import io.watchword.core.authentication.StaticTokens;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.server.settings.values.ByteSize;
import io.watchword.server.settings.values.Form;
import io.watchword.server.settings.values.Range;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settings group {@code doors.identity-v1} (contract identity-v1 13).
 *
 * @param enabled whether there is such a door at all
 * @param path where its routes begin
 * @param failureStatus HTTP status of an answer with faults
 * @param numbering of the faults
 * @param actionCodes whether faults carry the code of an action for operators
 * @param receivedWithin how long an authentication may be under way, in whole hours
 * @param codesReceivedWithin how long a request for a code may be under way, in whole minutes
 * @param clockSkew how far a request's time may lie in the future
 * @param uinLengths numbers of digits of a UIN
 * @param vidLength number of digits of a VID
 * @param vidValidity how long a VID is in force that this door generates
 * @param primaryLanguage ISO 639-3
 * @param secondaryLanguage ISO 639-3
 * @param codes how this door's one-time codes are frozen
 * @param maskOnlyUsedChannels whether only the addresses are told that a code was sent to
 * @param factors that can be asked for
 * @param claims how personal data are compared
 * @param biometrics how captures are checked
 * @param pins how static PINs are kept and tried
 * @param kyc what is given out
 * @param staticToken from what a person's static token is made
 * @param plainRequests whether {@code request} may come without encryption
 * @param requestSignatures whether requests are signed
 * @param companionRoles of which a caller of the static PIN and VID calls needs one
 * @param body largest body of a request
 */
public record IdentityV1DoorSettings(
    boolean enabled,
    @Form(value = IdaDoorSettings.PATH, says = IdaDoorSettings.NO_PATH) String path,
    @Range(min = "200", max = "599") int failureStatus,
    Numbering numbering,
    boolean actionCodes,
    @Range(min = "1h", max = "24h") Duration receivedWithin,
    @Range(min = "1m", max = "24h") Duration codesReceivedWithin,
    @Range(min = "0s", max = "1h") Duration clockSkew,
    Set<Integer> uinLengths,
    @Range(min = "2", max = "64") int vidLength,
    @Range(min = "1m", max = "400d") Duration vidValidity,
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as fra") String primaryLanguage,
    @Form(value = "[a-z]{3}", says = "is not an ISO 639-3 code such as ara")
        String secondaryLanguage,
    DoorCodeSettings codes,
    boolean maskOnlyUsedChannels,
    @Form(value = "demo|bio|otp|pin", says = "is no factor") Set<String> factors,
    Claims claims,
    Biometrics biometrics,
    Pins pins,
    Kyc kyc,
    StaticTokens.Algorithm staticToken,
    boolean plainRequests,
    Signatures requestSignatures,
    Set<String> companionRoles,
    @Range(min = "16KiB", max = "64MiB") ByteSize body) {

  public IdentityV1DoorSettings {
    uinLengths = Set.copyOf(uinLengths);
    factors = Set.copyOf(factors);
    companionRoles = Set.copyOf(companionRoles);
    if (primaryLanguage.equals(secondaryLanguage)) {
      throw new IllegalArgumentException("the secondary language is the primary one");
    }
    var _ = new IdentifierFormats(uinLengths, vidLength, Map.of());
  }

  /** Whether the header {@code Authorization} is looked at for a signature. */
  public enum Signatures {
    IGNORED,
    /** One that is there has to be right. */
    CHECKED,
    REQUIRED
  }

  /** The primary language, then the secondary one. */
  public List<String> languages() {
    return List.of(primaryLanguage, secondaryLanguage);
  }

  /** As the core wants them. */
  public IdentifierFormats formats() {
    return new IdentifierFormats(uinLengths, vidLength, Map.of());
  }

  /**
   * @param name how names are compared
   * @param fullAddress how whole addresses are compared
   * @param threshold from which score on a partial or phonetic comparison matches
   * @param addressExclusive whether the whole address and parts of it exclude each other
   * @param textRules a folder with titles and normalisation rules (contract identity-v1 5.4);
   *     {@code null}: those that come with the program
   */
  public record Claims(
      Method name,
      Method fullAddress,
      @Range(min = "1", max = "100") int threshold,
      boolean addressExclusive,
      @Nullable Path textRules) {}

  /** Which of the two published numberings faults have (contract identity-v1 4). */
  public enum Numbering {
    /** That of December 2018. */
    A,
    /** That of the consolidated sheet of 18 March 2019. */
    B
  }

  /** How texts are compared (contract identity-v1 5.3). */
  public enum Method {
    EXACT,
    PARTIAL,
    PHONETIC
  }

  /**
   * @param deviceValuesRequired whether id, make and model of a device may not be empty
   * @param faceAlone whether a face may be the only factor
   */
  public record Biometrics(boolean deviceValuesRequired, boolean faceAlone) {}

  /**
   * @param tries the wrong one with this number in a row locks
   * @param lock how long no PIN is compared
   * @param history how many former PINs may not be used again
   * @param refuseTrivial whether PINs of one digit and straight runs are refused
   */
  public record Pins(
      @Range(min = "1", max = "100") int tries,
      @Range(min = "1s", max = "30d") Duration lock,
      @Range(min = "0", max = "24") int history,
      boolean refuseTrivial) {

    /** As the core wants them. */
    public PinTries.Limit limit() {
      return new PinTries.Limit(tries, lock);
    }
  }

  /**
   * @param factors of which a KYC needs one
   * @param ttl how long the receiver may keep the data, in whole hours
   * @param plain whether a partner without a certificate gets its answer unencrypted
   * @param fonts folder with the Noto fonts of printed cards
   * @param signedCards whether printed cards are signed
   */
  public record Kyc(
      @Form(value = "bio|otp|pin", says = "is no factor that opens a KYC") Set<String> factors,
      @Range(min = "1h", max = "8760h") Duration ttl,
      boolean plain,
      Path fonts,
      boolean signedCards) {

    public Kyc {
      factors = Set.copyOf(factors);
    }
  }
}
