package io.watchword.server.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.core.budget.BudgetPolicy;
import io.watchword.core.code.CodePolicy;
import io.watchword.core.individual.IdentifierFormats;
import io.watchword.core.individual.IdentifierType;
import io.watchword.server.couriers.CourierSettings;
import io.watchword.server.couriers.LetterSettings;
import io.watchword.server.ida.IdaSettings;
import io.watchword.server.ida.IdentityMapping;
import io.watchword.server.settings.values.Network;
import io.watchword.wire.protection.JwsAlgorithm;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Contract ida, section 8, and the limits of the design against what the file says. */
class SettingsFileTest {

  private static final Path FILE = Path.of("..", "config", "watchword.yaml");

  @Test
  void everyKeyOfTheRecordsStandsInTheFileAndEveryKeyOfTheFileIsRead() throws Exception {
    var layers = new Layers();
    layers.add(SettingsReader.yaml(Files.readString(FILE)), "the file");
    List<String> problems = new ArrayList<>();
    var binder = new RecordBinder(layers, problems);
    assertThat(binder.bind(Settings.class, "")).isNotNull();
    assertThat(problems).isEmpty();
    assertThat(binder.used()).containsExactlyInAnyOrderElementsOf(layers.all().keySet());

    var documented = new TreeSet<String>();
    layers.all().keySet().forEach(key -> documented.add(key.replaceAll("\\[.*", "")));
    binder.known().stream()
        .filter(key -> !key.endsWith(".*") && !key.endsWith("-file") && !key.contains("["))
        .forEach(key -> assertThat(documented).contains(key));
  }

  @Test
  void theDefaultsAreThoseOfTheWireContract() {
    Settings settings = SettingsReader.defaults();
    assertThat(settings.codes().digits()).isEqualTo(6);
    assertThat(settings.codes().lifetime()).isEqualTo(Duration.ofSeconds(180));
    assertThat(settings.doors().ida().children().youngerThan()).isEqualTo(5);
    assertThat(settings.doors().ida().children().denied()).containsExactly("otp", "bio");
    assertThat(settings.attributes().identityMapping()).isEqualTo(IdentityMapping.defaults());
    IdaSettings door = settings.doors().ida().door("http://own", settings.languages().all());
    assertThat(door.prefix()).isEqualTo("/idauthentication/v1");
    assertThat(door.received()).isEqualTo(Duration.ofSeconds(30));
    assertThat(door.adjustment()).isEqualTo(Duration.ofSeconds(30));
    assertThat(door.environments())
        .containsExactly("Staging", "Developer", "Pre-Production", "Production");
    assertThat(door.domainUris()).containsExactly("http://own");
    assertThat(door.identifierTypes())
        .containsExactlyInAnyOrder(IdentifierType.UIN, IdentifierType.VID, IdentifierType.HANDLE);
    assertThat(door.authTypes())
        .containsExactlyInAnyOrder("demo", "otp", "bio-Finger", "bio-Iris", "bio-Face");
    assertThat(door.kycTypes()).isEqualTo(door.authTypes());
    assertThat(door.algorithms()).containsExactly(JwsAlgorithm.RS256);
    assertThat(List.of(door.existenceFirst(), door.tokenOnFailure(), door.tokens()))
        .containsOnly(true);
    assertThat(door.largestBody()).isEqualTo(1 << 20);
    assertThat(door.largestBiometricBody()).isEqualTo(10 << 20);
    IdentifierFormats contract = IdentifierFormats.ida();
    assertThat(door.formats().typeOf("+919876543210@phone")).contains(IdentifierType.HANDLE);
    assertThat(door.formats().uinLengths()).isEqualTo(contract.uinLengths());
    assertThat(door.formats().vidLength()).isEqualTo(contract.vidLength());
    assertThat(settings.languages().all()).containsExactly("eng", "ara", "fra");
    assertThat(settings.idaCodes()).isEqualTo(CodePolicy.IDA);
    assertThat(settings.letters()).isEqualTo(LetterSettings.STANDARD);
    assertThat(settings.couriers()).isEqualTo(CourierSettings.NONE);
    assertThat(settings.attributes().mapping())
        .containsEntry(
            "fullAddress",
            List.of(
                "addressLine1",
                "addressLine2",
                "addressLine3",
                "city",
                "region",
                "province",
                "postalCode"));
  }

  @Test
  void theBudgetsOfProductionAreNarrowAndOnlyTheDemoWidensThem() throws Exception {
    BudgetSettings production = SettingsReader.defaults().budgets();
    assertThat(production.policy()).isEqualTo(BudgetPolicy.DEFAULT);
    assertThat(production.sendsPerPersonHour()).isEqualTo(10);
    assertThat(production.sendsPerDestinationHour()).isEqualTo(10);
    assertThat(production.sendsPerDestinationDay()).isEqualTo(30);
    assertThat(production.wrongPerPersonAndCaller()).isEqualTo(10);
    assertThat(production.wrongPerPerson()).isEqualTo(30);
    assertThat(production.shut()).isEqualTo(Duration.ofMinutes(30));
    assertThat(production.longestShut()).isEqualTo(Duration.ofHours(24));
    BudgetSettings demo = new SettingsReader().profile("demo").read().settings().budgets();
    assertThat(demo.sendsPerPersonHour()).isEqualTo(10_000);
    assertThat(demo.wrongPerPerson()).isEqualTo(1_000);
    assertThat(demo.shut()).isEqualTo(production.shut());
  }

  @Test
  void onlyTheDemoTakesAnySecureDomain() throws Exception {
    assertThat(SettingsReader.defaults().doors().ida().domainUris()).isEmpty();
    Settings demo = new SettingsReader().profile("demo").read().settings();
    assertThat(demo.doors().ida().domainUris()).containsExactly("https://*");
  }

  @Test
  void theServerListensToThisMachineOnly() throws Exception {
    String host = SettingsReader.defaults().server().host();
    assertThat(InetAddress.ofLiteral(host).isLoopbackAddress()).isTrue();
  }

  @Test
  void aNetworkHoldsItsAddressesAndNoOthers() throws Exception {
    Network network = Network.parse("10.1.0.0/15");
    assertThat(network.contains(InetAddress.ofLiteral("10.2.0.1"))).isFalse();
    assertThat(network.contains(InetAddress.ofLiteral("::1"))).isFalse();
    assertThat(network.contains(InetAddress.ofLiteral("10.1.255.255"))).isTrue();
    assertThat(Network.parse("::1").contains(InetAddress.ofLiteral("::1"))).isTrue();
  }
}
