package dev.inkan.server.client;

import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.server.client.StatusClient.Source;
import dev.inkan.server.client.StatusClient.Traits;
import dev.inkan.server.client.Verdict.Detail;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A library with a program of ours around it, which is run once for all its sources. */
final class Library {

  private final Answers.Run program;
  private Optional<Answers> answers = Optional.empty();

  private Library(Answers.Run program) {
    this.program = program;
  }

  /** One that reads whole CRLs, and tells all there is in them. */
  static List<StatusClient> reading(Answers.Run program, String name, String how) {
    Library library = new Library(program);
    Set<Detail> all = EnumSet.allOf(Detail.class);
    return List.of(
        library.by(
            new Traits(
                name + ", " + how,
                Source.OCSP,
                Set.of(Detail.REASON, Detail.TIME),
                true,
                Verdict.UNAUTHORIZED)),
        library.by(new Traits(name, Source.CRL, all, true, Verdict.UNTRUSTED)),
        library.by(new Traits(name, Source.DELTA, all, true, Verdict.UNTRUSTED)));
  }

  /** A JDK, which validates paths: it asks about no certificate that ended. */
  static List<StatusClient> validating(Answers.Run program, String name, String how) {
    Library library = new Library(program);
    List<StatusClient> clients = new ArrayList<>();
    clients.add(
        library.by(
            new Traits(
                name + ", " + how,
                Source.OCSP,
                Set.of(Detail.REASON, Detail.TIME),
                false,
                Verdict.UNAUTHORIZED)));
    clients.add(
        library.by(
            new Traits(name, Source.CRL, EnumSet.allOf(Detail.class), false, Verdict.UNTRUSTED)));
    return clients;
  }

  private StatusClient by(Traits traits) {
    return new StatusClient() {
      @Override
      public String toString() {
        return traits.source() + " " + traits.name();
      }

      @Override
      public Traits traits() {
        return traits;
      }

      @Override
      public Map<SerialNumber, Verdict> ask(Site site, List<Leaf> leaves) {
        Answers all = answers.orElseGet(() -> Answers.of(program, site, leaves));
        answers = Optional.of(all);
        return all.by(traits.source());
      }
    };
  }
}
