package io.watchword.server.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import io.watchword.server.DemoServer;
import io.watchword.server.RelyingParty;
import io.watchword.server.RelyingParty.Message;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract ida 6.9: a repeated request is not refused as such; its code is. */
class ReplayTest {

  private static final int COPIES = 48;

  @Test
  void ofCopiesOfOneRequestAtTheSameTimeExactlyOneSucceeds(@TempDir Path data) throws Exception {
    try (LogWatch log = new LogWatch();
        DemoServer demo = DemoServer.in(data);
        RelyingParty party = RelyingParty.of(demo)) {
      Message asked = party.finish(party.otp("2047631038", "replay0001", "email"));
      assertThat(party.send(asked).codes()).isEmpty();
      Message spent = party.finish(party.auth("kyc", "2047631038", "replay0001").code("111111"));
      List<String> answers = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(COPIES)) {
        Callable<String> send = () -> String.join(",", party.send(spent).codes());
        for (Future<String> answer : threads.invokeAll(Collections.nCopies(COPIES, send))) {
          answers.add(answer.get());
        }
      }
      assertThat(answers)
          .containsOnlyOnce("")
          .filteredOn(answer -> !answer.isEmpty())
          .hasSize(COPIES - 1)
          .containsOnly("IDA-OTA-012");

      // The request for a code may be repeated as well; it makes another code.
      assertThat(party.send(asked).codes()).isEmpty();
      assertThat(party.send(spent).codes()).isEmpty();
      assertThat(log.errors()).isEmpty();
    }
  }
}
