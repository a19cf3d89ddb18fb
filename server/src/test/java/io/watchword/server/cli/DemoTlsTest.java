package io.watchword.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.demo.DemoAuthority;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DemoTlsTest {

  @TempDir Path folder;

  private DemoTls listening(String address) {
    return new DemoTls(
        folder,
        8443,
        InetAddress.ofLiteral(address),
        List.of(InetAddress.ofLiteral("192.168.1.5"), InetAddress.ofLiteral("fd00::7")));
  }

  @Test
  @DisplayName("without --tls the demo is not reached from other machines")
  void plain() {
    var err = new StringWriter();
    int code =
        Main.commandLine()
            .setErr(new PrintWriter(err, true))
            .execute("demo", "--port", "0", "--host", "0.0.0.0", "--data", folder + "/data");
    assertThat(code).isNotZero();
    assertThat(err.toString()).contains("other machines can reach 0.0.0.0; add --tls");
    assertThat(Files.exists(folder.resolve("data"))).isFalse();
  }

  @Test
  @DisplayName("on the loopback it is localhost, and phones are told to need another host")
  void loopback() {
    DemoTls tls = listening("127.0.0.1");
    assertThat(tls.settings())
        .containsEntry("server.public-url", "https://localhost:8443")
        .containsEntry("server.tls.key", folder.resolve("server.key").toString());
    DemoAuthority.Issued issued = tls.issue();
    assertThat(tls.told(issued, "https://localhost:8443"))
        .contains(issued.authority().toString(), issued.fingerprint(), "--host 0.0.0.0")
        .contains("https://127.0.0.1:8443")
        .doesNotContain("192.168.1.5");
  }

  @Test
  @DisplayName("on all addresses it is the first of the network, and phones are told the way")
  void everywhere() {
    DemoTls tls = listening("0.0.0.0");
    assertThat(tls.settings()).containsEntry("server.public-url", "https://192.168.1.5:8443");
    assertThat(tls.told(tls.issue(), "https://192.168.1.5:8443"))
        .contains("https://[fd00:0:0:0:0:0:0:7]:8443", "https://localhost:8443")
        .contains("open https://192.168.1.5:8443/demo/ca.crt")
        .contains("https://192.168.1.5:8443/demo/phone");
  }

  @Test
  @DisplayName("on one address it is that one only")
  void one() {
    DemoTls tls = listening("192.168.1.5");
    assertThat(tls.told(tls.issue(), "https://192.168.1.5:8443")).doesNotContain("localhost:8443");
  }
}
