package dev.inkan.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.StatusPopulation.Member;
import dev.inkan.server.StatusPopulation.State;
import dev.inkan.server.client.Clients;
import dev.inkan.server.client.StatusClient;
import dev.inkan.server.client.Verdict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every client of others that reads OCSP or CRLs, over certificates in random states. */
@Tag("E1")
@Tag("E2")
class IndependentClientsTest {

  private static final int CERTIFICATES = Integer.getInteger("inkan.clients.certificates", 50);
  private static final long SEED =
      Long.getLong("inkan.clients.seed", new SecureRandom().nextInt(1_000_000));

  @TempDir private static Path folder;

  private static final MatrixTable TABLE = new MatrixTable(columns());

  private static @Nullable StatusScene scene;

  @BeforeAll
  static void populate() {
    scene = new StatusScene(folder, CERTIFICATES, new Random(SEED));
  }

  @AfterAll
  static void print() {
    if (scene == null) {
      return;
    }
    scene.close();
    System.out.printf(
        "%d certificates, -Dinkan.clients.seed=%d; asked / disagreeing with the ledger%n%s%s%n",
        CERTIFICATES,
        SEED,
        TABLE.text(),
        Clients.newerJdk().isPresent() ? "" : "JDK 25: not found here (JAVA_HOME_25), not run");
  }

  @ParameterizedTest(name = "E1, E2: {0} agrees with the ledger about every certificate")
  @MethodSource("clients")
  void agrees(StatusClient client) {
    StatusScene scene = requireNonNull(IndependentClientsTest.scene);
    StatusClient.Traits traits = client.traits();
    long begin = System.nanoTime();
    Map<SerialNumber, Verdict> said = client.ask(scene.site(), scene.population().leaves());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);

    Map<State, Integer> asked = new EnumMap<>(State.class);
    Map<State, Integer> wrong = new EnumMap<>(State.class);
    List<String> disagreements = new ArrayList<>();
    for (Member member : scene.population().members()) {
      Verdict ledger = expected(client, member, scene);
      Verdict answer = said.getOrDefault(member.serialNumber(), new Verdict("nothing"));
      boolean agrees = answer.equals(ledger);
      asked.merge(member.state(), 1, Integer::sum);
      wrong.merge(member.state(), agrees ? 0 : 1, Integer::sum);
      if (!agrees) {
        disagreements.add(
            "%s %s: the ledger says %s, %s says %s"
                .formatted(member.state(), member.serialNumber(), ledger, traits.name(), answer));
      }
    }
    String row = traits.source() + " " + traits.name();
    asked.forEach((state, count) -> TABLE.put(row, column(state), count + "/" + wrong.get(state)));
    TABLE.put(row, "s", "%.1f".formatted(took.toMillis() / 1000.0));
    assertThat(disagreements).as("seed " + SEED).isEmpty();
  }

  static List<StatusClient> clients() {
    return Clients.all();
  }

  /** What this client has to say, as far as it can tell. */
  private static Verdict expected(StatusClient client, Member member, StatusScene scene) {
    StatusClient.Traits traits = client.traits();
    if (member.leaf().foreign()) {
      return traits.foreign();
    }
    if (member.leaf().ended() && !traits.ended()) {
      return Verdict.EXPIRED;
    }
    return client.told(scene.ledger(member, traits.source()));
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(Arrays.stream(State.values()).map(it -> column(it)).toList());
    columns.add("s");
    return columns;
  }

  private static String column(State state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
