package io.watchword.server.demo;

import io.watchword.core.individual.DateOfBirth;
import io.watchword.core.individual.Directory;
import io.watchword.core.individual.HotListed;
import io.watchword.core.individual.Identifier;
import io.watchword.core.individual.IdentifierRow;
import io.watchword.core.individual.IdentifierType;
import io.watchword.core.individual.Individual;
import io.watchword.core.individual.StaticPin;
import io.watchword.core.individual.StorePin;
import io.watchword.core.keys.Keyring;
import io.watchword.core.secret.SlowHash;
import io.watchword.core.unit.Key;
import io.watchword.core.unit.Rows;
import io.watchword.core.unit.Store;
import io.watchword.core.unit.Unit;
import io.watchword.server.people.Imports;
import io.watchword.server.people.LineRefused;
import io.watchword.server.people.PersonLine;
import io.watchword.server.people.PersonLine.Vid;
import io.watchword.server.people.PersonLines;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The people of the demo, from a file of JSON lines: {@code kind}, {@code hotListed}, {@code pin},
 * {@code impressions} (of fingers that are on file, to be presented) and {@code person}, the last
 * as in every import, but that {@code expires} may be relative to now ({@code +30d}, {@code -1d})
 * and a date of birth to today ({@code -3y}).
 */
public final class DemoPeople {

  private static final Pattern DAYS = Pattern.compile("([+-][0-9]{1,4})d");
  private static final Pattern YEARS = Pattern.compile("-([0-9]{1,3})y");

  private final Imports imports;
  private final Store store;
  private final Directory directory;
  private final Keyring keyring;
  private final StorePin pins;
  private final InstantSource clock;
  private final PersonLines lines = new PersonLines(Imports.LONGEST_LINE);
  private volatile List<DemoUser> users = List.of();

  /**
   * @param imports that takes fictitious people
   */
  public DemoPeople(
      Imports imports,
      Store store,
      Directory directory,
      Keyring keyring,
      StorePin pins,
      InstantSource clock) {
    this.imports = imports;
    this.store = store;
    this.directory = directory;
    this.keyring = keyring;
    this.pins = pins;
    this.clock = clock;
  }

  private record DemoLine(
      @Nullable String kind,
      @Nullable Boolean hotListed,
      @Nullable String pin,
      @Nullable List<PersonLine.Finger> impressions,
      @Nullable PersonLine person) {}

  /**
   * Brings everybody of the file on file. At a later start this changes nothing but what is
   * relative to the time: who is known keeps id and picture, and a spent VID stays spent.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if a line is wrong; the message says which and why
   */
  public void load(Path file) throws IOException {
    List<DemoUser> loaded = new ArrayList<>();
    List<String> text = Files.readAllLines(file);
    for (int i = 0; i < text.size(); i++) {
      if (!text.get(i).isBlank()) {
        try {
          loaded.add(load(text.get(i)));
        } catch (LineRefused e) {
          throw new IllegalArgumentException(
              file.getFileName() + ":" + (i + 1) + ": " + e.reason(), e);
        }
      }
    }
    users = List.copyOf(loaded);
  }

  /** Everybody who was loaded; of several VIDs, {@code vid} is the first that is not spent. */
  public List<DemoUser> users() {
    return users.stream().map(this::withFreshVid).toList();
  }

  private DemoUser load(String line) throws LineRefused {
    DemoLine demo = lines.read(line.getBytes(StandardCharsets.UTF_8), DemoLine.class);
    if (demo.kind() == null || demo.person() == null || demo.person().uin() == null) {
      throw new LineRefused("kind, person or its uin is missing");
    }
    PersonLine person = resolved(demo.person());
    String refusal = imports.one("demo", person);
    if (refusal != null) {
      throw new LineRefused(refusal);
    }
    DemoUser user = user(demo.kind(), person, demo);
    if (demo.pin() != null) {
      storePin(String.valueOf(person.uin()), demo.pin());
    }
    if (demo.hotListed() != null && demo.hotListed()) {
      store.commit(new Blocking(blocked(user)));
    }
    return user;
  }

  /** Once: whoever changes the PIN of a demo person keeps the new one. */
  private void storePin(String uin, String pin) throws LineRefused {
    var identifier = new Identifier(IdentifierType.UIN, uin);
    boolean there =
        directory
            .find(identifier)
            .map(found -> store.read(StaticPin.TABLE.key(found.person())) != null)
            .orElse(false);
    if (there) {
      return;
    }
    try {
      if (!(pins.store(new StorePin.Request("admin", "demo", identifier, pin, ""))
          instanceof StorePin.Stored)) {
        throw new LineRefused("pin cannot be stored");
      }
    } catch (SlowHash.Busy e) {
      throw new IllegalStateException("nobody else hashes while the demo starts", e);
    }
  }

  private PersonLine resolved(PersonLine line) {
    List<Vid> vids = line.vids();
    if (vids != null) {
      vids = vids.stream().map(v -> new Vid(v.vid(), v.type(), instant(v.expires()))).toList();
    }
    return new PersonLine(
        line.uin(),
        vids,
        line.handles(),
        born(line.attributes()),
        line.preferredLanguage(),
        line.face() == null ? picture(line) : line.face(),
        line.fingers(),
        line.biometrics(),
        line.locks(),
        line.deactivated(),
        line.fictitiousCode());
  }

  private @Nullable String instant(@Nullable String expires) {
    Matcher relative = DAYS.matcher(expires == null ? "" : expires);
    return relative.matches()
        ? clock.instant().plus(Duration.ofDays(Long.parseLong(relative.group(1)))).toString()
        : expires;
  }

  private @Nullable Map<String, JsonNode> born(@Nullable Map<String, JsonNode> attributes) {
    JsonNode born = attributes == null ? null : attributes.get(Individual.DATE_OF_BIRTH);
    Matcher relative = YEARS.matcher(born == null ? "" : born.stringValue(""));
    if (attributes == null || !relative.matches()) {
      return attributes;
    }
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    LocalDate date = today.minusYears(Long.parseLong(relative.group(1)));
    Map<String, JsonNode> resolved = new HashMap<>(attributes);
    resolved.put(Individual.DATE_OF_BIRTH, StringNode.valueOf(DateOfBirth.format(date)));
    return resolved;
  }

  /** A picture for whoever has none. */
  private @Nullable String picture(PersonLine line) {
    boolean there =
        line.uin() != null
            && directory
                .find(new Identifier(IdentifierType.UIN, line.uin()))
                .flatMap(found -> directory.portrait(found.person()))
                .isPresent();
    String name = text(line, Individual.FULL_NAME).orElse("");
    return there ? null : Base64.getEncoder().encodeToString(FacePicture.png(name));
  }

  private static DemoUser user(String kind, PersonLine line, DemoLine demo) throws LineRefused {
    if (line.uin() == null) {
      throw new LineRefused("uin is missing");
    }
    List<String> vids = new ArrayList<>();
    if (line.vids() != null) {
      for (Vid vid : line.vids()) {
        if (vid.vid() != null) {
          vids.add(vid.vid());
        }
      }
    }
    List<String> handles = line.handles() == null ? List.of() : line.handles();
    return new DemoUser(
        kind,
        line.uin(),
        vids.isEmpty() ? null : vids.getFirst(),
        vids.size() < 2 ? null : List.copyOf(vids),
        handles.isEmpty() ? null : handles.getFirst(),
        text(line, Individual.FULL_NAME).orElse(null),
        text(line, Individual.DATE_OF_BIRTH).orElse(null),
        text(line, Individual.EMAIL).orElse(null),
        text(line, Individual.PHONE).orElse(null),
        demo.pin(),
        demo.impressions(),
        null,
        null,
        null);
  }

  /** A plain attribute, or the English one of several. */
  private static Optional<String> text(PersonLine line, String name) {
    JsonNode value = line.attributes() == null ? null : line.attributes().get(name);
    if (value != null && value.isObject()) {
      value = value.get("eng");
    }
    return value != null && value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private DemoUser withFreshVid(DemoUser user) {
    if (user.vids() == null) {
      return user;
    }
    String fresh =
        user.vids().stream().filter(this::usable).findFirst().orElse(user.vids().getLast());
    return new DemoUser(
        user.kind(),
        user.uin(),
        fresh,
        user.vids(),
        user.handle(),
        user.name(),
        user.dob(),
        user.email(),
        user.phone(),
        user.pin(),
        user.impressions(),
        user.userId(),
        user.profileId(),
        user.password());
  }

  private boolean usable(String vid) {
    IdentifierRow row = store.read(directory.key(new Identifier(IdentifierType.VID, vid)));
    Instant now = clock.instant();
    return row != null && !row.gone() && !row.expired(now);
  }

  /** The block list names identifiers, so a person is blocked under each of them. */
  private List<Key<HotListed>> blocked(DemoUser user) {
    List<Key<HotListed>> keys = new ArrayList<>();
    if (user.uin() != null) {
      keys.add(HotListed.key(keyring, HotListed.Subject.INDIVIDUAL, user.uin()));
    }
    if (user.vid() != null) {
      for (String vid : user.vids() == null ? List.of(user.vid()) : user.vids()) {
        keys.add(HotListed.key(keyring, HotListed.Subject.INDIVIDUAL, vid));
      }
    }
    if (user.handle() != null) {
      keys.add(HotListed.key(keyring, HotListed.Subject.INDIVIDUAL, user.handle()));
    }
    return keys;
  }

  private record Blocking(List<Key<HotListed>> entries) implements Unit<Boolean> {

    @Override
    public Collection<Key<?>> keys() {
      return List.copyOf(entries);
    }

    @Override
    public Boolean apply(Rows rows) {
      entries.forEach(key -> rows.put(key, new HotListed(null)));
      return true;
    }
  }
}
