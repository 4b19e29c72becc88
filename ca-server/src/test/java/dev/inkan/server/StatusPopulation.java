package dev.inkan.server;

import dev.inkan.core.audit.Actor;
import dev.inkan.core.authority.Host;
import dev.inkan.core.authority.Revocation;
import dev.inkan.core.authority.RevocationAuthority;
import dev.inkan.core.authority.RevocationOutcome;
import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.CertificateKind;
import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.Der;
import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.client.Leaf;
import dev.inkan.server.client.Site;
import dev.inkan.server.installation.Authorities;
import dev.inkan.server.registration.RegistrationStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Certificates as the product makes them, in every state that the ledger knows and two that it does
 * not. Their states change in two steps, so that a CRL on schedule can lie between.
 */
final class StatusPopulation {

  /** The table's columns. */
  enum State {
    GOOD,
    REVOKED,
    /** With an invalidity date. */
    DATED,
    HELD,
    RELEASED,
    /** Held, then revoked. */
    HELD_REVOKED,
    ENDED,
    ENDED_REVOKED,
    /** The issue has only begun. */
    BEGUN,
    /** The issue came to nothing, and the certificate is known. */
    BURNT,
    /** The issue came to nothing, and the ledger has no certificate. */
    BURNT_UNSEEN,
    /** By our very key, and not in the ledger. */
    NEVER,
    /** By another CA of the same name. */
    FOREIGN
  }

  /** One certificate, and what happens to it. */
  record Member(State state, Leaf leaf, Der der, RevocationReason reason, boolean early) {

    SerialNumber serialNumber() {
      return leaf.serialNumber();
    }
  }

  private static final Actor CLERK = new Actor(Actor.Kind.OPERATOR, "clerk");
  private static final NodeName NODE = new NodeName("other");
  private static final List<RevocationReason> REASONS =
      Stream.of(RevocationReason.values())
          .filter(it -> it != RevocationReason.CERTIFICATE_HOLD)
          .filter(it -> it != RevocationReason.REMOVE_FROM_CRL)
          .toList();
  // Every state once, and the rest as it comes, half of it revoked for one reason or another.
  private static final List<State> LOTS =
      Stream.concat(
              Stream.of(State.values()),
              Stream.of(State.GOOD, State.GOOD, State.HELD, State.RELEASED, State.HELD_REVOKED)
                  .flatMap(it -> Stream.of(it, State.REVOKED, State.DATED)))
          .toList();

  private final Node node;
  private final RevocationAuthority<RegistrationStores> revocations;
  private final Clock clock;
  private final SignedLeaves signed;
  private final List<Member> members = new ArrayList<>();

  StatusPopulation(Node node, TestServer server, Site site) {
    this.node = node;
    this.clock = server.clock();
    Host host = new Host(clock, new SecureRandom(), NODE);
    Authorities authorities = Authorities.open(server.config(), host, node.storage());
    this.revocations =
        authorities.revocationAuthority(node.storage().transactions(), node.journal());
    this.signed = new SignedLeaves(server.config(), authorities, host, site);
  }

  List<Member> members() {
    return List.copyOf(members);
  }

  List<Leaf> leaves() {
    return members.stream().map(Member::leaf).toList();
  }

  /** Signs this many and writes the first step of them into the ledger. */
  void begin(int count, Random random) {
    List<State> each = List.of(State.values());
    for (int i = 0; i < count; i++) {
      boolean first = i < each.size();
      State state = first ? each.get(i) : LOTS.get(random.nextInt(LOTS.size()));
      // Always there: a release after the CRL on schedule, and an entry that leaves after it.
      boolean early = first ? state == State.ENDED_REVOKED : random.nextBoolean();
      members.add(make(state, REASONS.get(i % REASONS.size()), early));
    }
    node.storage()
        .transactions()
        .inTransaction(
            stores -> {
              members.forEach(member -> enter(stores, member));
              return true;
            });
    members.stream().filter(Member::early).forEach(this::change);
    members.stream().filter(it -> !it.early()).forEach(this::hold);
  }

  /** The second step of what has one. */
  void finish() {
    members.stream().filter(it -> !it.early()).forEach(this::change);
    Member last = make(State.REVOKED, RevocationReason.SUPERSEDED, false);
    node.storage()
        .transactions()
        .inTransaction(
            stores -> {
              enter(stores, last);
              return true;
            });
    members.add(last);
    change(last);
  }

  /** Revoked after all others. */
  SerialNumber last() {
    return members.get(members.size() - 1).serialNumber();
  }

  /** What the ledger says of it. */
  Optional<CertificateRecord> entry(SerialNumber serialNumber) {
    return node.storage()
        .transactions()
        .inTransaction(stores -> stores.certificates().find(serialNumber));
  }

  private Member make(State state, RevocationReason reason, boolean early) {
    boolean ended = state == State.ENDED || state == State.ENDED_REVOKED;
    Instant now = clock.instant();
    Instant end = ended ? now.minus(Duration.ofHours(24)) : now.plus(Duration.ofDays(300));
    Leaf leaf =
        signed.make(new Validity(now.minus(Duration.ofHours(47)), end), state == State.FOREIGN);
    return new Member(state, leaf, signed.read(leaf), reason, early);
  }

  private void enter(RegistrationStores stores, Member member) {
    if (member.state() == State.NEVER || member.state() == State.FOREIGN) {
      return;
    }
    Instant now = clock.instant();
    var certificate = Authorities.parse(member.der());
    stores
        .certificates()
        .prepare(
            CertificateRecord.prepared(
                member.serialNumber(),
                CertificateKind.TLS_SERVER,
                CaName.ISSUING,
                new SubscriberId("tls-server"),
                new Validity(
                    certificate.getNotBefore().toInstant(), certificate.getNotAfter().toInstant()),
                now,
                NODE));
    switch (member.state()) {
      case BEGUN -> {}
      case BURNT ->
          require(
              stores.certificates().abandon(member.serialNumber(), now, Optional.of(member.der())));
      case BURNT_UNSEEN ->
          require(stores.certificates().abandon(member.serialNumber(), now, Optional.empty()));
      default -> require(stores.certificates().markIssued(member.serialNumber(), member.der()));
    }
  }

  private void hold(Member member) {
    if (member.state() == State.RELEASED || member.state() == State.HELD_REVOKED) {
      Optional<Instant> since = dated(member);
      require(
          revocations.hold(member.serialNumber(), since, CLERK, (stores, it) -> {})
              == RevocationOutcome.HELD);
    }
  }

  private void change(Member member) {
    if (member.early()) {
      hold(member);
    }
    SerialNumber serialNumber = member.serialNumber();
    Revocation because = Revocation.because(member.reason());
    switch (member.state()) {
      case REVOKED, HELD_REVOKED, ENDED_REVOKED -> revoke(serialNumber, because);
      case DATED -> revoke(serialNumber, because.since(clock.instant().minus(Duration.ofHours(7))));
      case HELD ->
          require(
              revocations.hold(serialNumber, dated(member), CLERK, (stores, it) -> {})
                  == RevocationOutcome.HELD);
      case RELEASED ->
          require(
              revocations.release(serialNumber, CLERK, (stores, it) -> {})
                  == RevocationOutcome.RELEASED);
      default -> {}
    }
  }

  /** Some holds have an invalidity date: those whose reason has an odd code. */
  private Optional<Instant> dated(Member member) {
    return Optional.of(clock.instant().minus(Duration.ofHours(9)))
        .filter(it -> member.reason().code() % 2 == 1);
  }

  private void revoke(SerialNumber serialNumber, Revocation revocation) {
    require(
        revocations.revoke(serialNumber, revocation, CLERK, (stores, it) -> {})
            == RevocationOutcome.REVOKED);
  }

  private static void require(boolean done) {
    if (!done) {
      throw new AssertionError("the ledger refused a step of the test");
    }
  }
}
