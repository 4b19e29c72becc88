package dev.inkan.server.status;

import dev.inkan.core.certificate.CaName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.UnavailableException;
import dev.inkan.core.ocsp.CertificateId;
import dev.inkan.core.ocsp.Freshness;
import dev.inkan.core.ocsp.Nonce;
import dev.inkan.core.ocsp.OcspReading;
import dev.inkan.core.ocsp.OcspRefusal;
import dev.inkan.core.ocsp.OcspRequest;
import dev.inkan.core.ocsp.OcspRequestReader;
import dev.inkan.core.ocsp.OcspResponder;
import dev.inkan.core.ocsp.SingleAnswer;
import dev.inkan.core.policy.ClockPolicy;
import dev.inkan.server.metrics.Latency;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers OCSP requests from memory. Reaches neither database nor file, so that the listener's own
 * threads may call it. Safe for use by several threads.
 *
 * <p>An answer says how things were when the ledger was last read, which is its {@code thisUpdate};
 * from then on it may be relied on for {@link Settings#period}, whether the ledger can be reached
 * meanwhile or not, and no longer.
 */
public final class OcspDesk {

  /** A new certificate of another server's may be missing from the index for as long as that. */
  private static final Duration KNOWN_WITHIN = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(OcspDesk.class);

  private final OcspRequestReader reader;
  private final StatusIndex index;
  private final Supplier<List<ResponderKeys>> responders;
  private final Settings settings;
  private final Clock clock;
  private final PreSignedAnswers preSigned;
  private final Latency latency;

  /**
   * How it answers.
   *
   * @param period from thisUpdate to nextUpdate
   * @param certificates how many one request may ask about
   * @param preSigned how many signed answers are kept in memory
   */
  public record Settings(Duration period, int certificates, int preSigned, ClockPolicy clocks) {

    /** Thirty-two certificates a request, twenty thousand answers in memory. */
    public static Settings standard(Duration period, ClockPolicy clocks) {
      return new Settings(period, OcspRequestReader.STANDARD_CERTIFICATES, 20_000, clocks);
    }
  }

  /**
   * @param responders of each issuing CA
   */
  public OcspDesk(
      StatusIndex index, List<ResponderKeys> responders, Settings settings, Clock clock) {
    this(index, always(responders), settings, clock, Latency.UNSEEN);
  }

  private static Supplier<List<ResponderKeys>> always(List<ResponderKeys> responders) {
    List<ResponderKeys> all = List.copyOf(responders);
    return () -> all;
  }

  /**
   * As above, for issuing CAs that may come and go.
   *
   * @param responders asked at each question
   * @param latency is told how long each answer takes
   */
  public OcspDesk(
      StatusIndex index,
      Supplier<List<ResponderKeys>> responders,
      Settings settings,
      Clock clock,
      Latency latency) {
    this.latency = latency;
    this.reader = new OcspRequestReader(settings.certificates());
    this.index = index;
    this.responders = responders;
    this.settings = settings;
    this.clock = clock;
    this.preSigned = new PreSignedAnswers(settings.preSigned());
  }

  /** The answer to these octets, whatever they are. */
  public OcspAnswer answer(byte[] request) {
    long begin = System.nanoTime();
    OcspAnswer answer = read(request);
    latency.since(begin);
    return answer;
  }

  private OcspAnswer read(byte[] request) {
    OcspReading reading = reader.read(request);
    if (reading instanceof OcspReading.Understood understood) {
      try {
        return answer(understood.request());
      } catch (UnavailableException e) {
        LOG.debug("no answer could be signed", e); // whoever watches the key tells it aloud, once
        return refuse(OcspRefusal.TRY_LATER);
      }
    }
    return refuse(((OcspReading.Refused) reading).refusal());
  }

  private OcspAnswer answer(OcspRequest request) {
    Instant now = clock.instant();
    StatusIndex.Knowledge knowledge = index.knowledge();
    Instant nextUpdate = endOf(knowledge);
    if (index.isDistrusted()
        || !now.isBefore(nextUpdate)
        || settings.clocks().steppedBack(knowledge.asOf(), now)) {
      return refuse(OcspRefusal.TRY_LATER);
    }
    List<ResponderKeys> all = responders.get();
    Optional<ResponderKeys> asked = issuerIn(request, all);
    if (asked.isEmpty()) {
      // Whose it is cannot be said as long as a responder's key is missing.
      boolean allKnown = !all.isEmpty() && all.stream().allMatch(it -> it.current().isPresent());
      return refuse(allKnown ? OcspRefusal.UNAUTHORIZED : OcspRefusal.TRY_LATER);
    }
    Optional<OcspResponder> responder = asked.get().at(now);
    if (responder.isEmpty()) {
      return refuse(OcspRefusal.TRY_LATER);
    }
    boolean mayBeIncomplete =
        !knowledge.current() || !now.isBefore(knowledge.asOf().plus(KNOWN_WITHIN));
    Signing signing =
        new Signing(asked.get().issuer(), responder.get(), now, knowledge.asOf(), mayBeIncomplete);
    return request.certificates().size() == 1 && request.nonce().isEmpty()
        ? answerOne(request.certificates().get(0), signing)
        : answerAll(request.certificates(), request.nonce(), signing);
  }

  /**
   * The CA whose responder answers: the one of the first certificate that is of one of ours. About
   * another's it could say nothing that counts (RFC 6960, section 4.2.2.2), so these are unknown.
   */
  private static Optional<ResponderKeys> issuerIn(OcspRequest request, List<ResponderKeys> all) {
    return request.certificates().stream()
        .flatMap(id -> all.stream().filter(it -> isIssuerOf(it, id)))
        .findFirst();
  }

  private static boolean isIssuerOf(ResponderKeys responder, CertificateId id) {
    return responder.current().filter(it -> it.isIssuerOf(id)).isPresent();
  }

  private Instant endOf(StatusIndex.Knowledge knowledge) {
    Instant asOf = knowledge.asOf();
    return asOf.equals(Instant.MIN) ? asOf : asOf.plus(settings.period());
  }

  /** What holds for one answer. */
  private record Signing(
      CaName issuer, OcspResponder responder, Instant now, Instant asOf, boolean mayBeIncomplete) {}

  private OcspAnswer answerOne(CertificateId id, Signing signing) {
    Optional<SerialNumber> serialNumber = id.serialNumber();
    if (isDoubtful(id)) {
      return refuse(OcspRefusal.TRY_LATER);
    }
    long status = status(id, signing);
    if (serialNumber.isEmpty() || status == PackedStatus.UNKNOWN) {
      return answerAll(List.of(id), Optional.empty(), signing);
    }
    return preSigned
        .find(serialNumber.get(), id.form(), status, signing.responder(), signing.now())
        .orElseGet(() -> preSignOrOlder(serialNumber.get(), id, status, signing));
  }

  /** While a key in a token is away, what was signed before goes on until its nextUpdate. */
  private OcspAnswer preSignOrOlder(
      SerialNumber serialNumber, CertificateId id, long status, Signing signing) {
    try {
      return preSign(serialNumber, id, status, signing);
    } catch (UnavailableException e) {
      return preSigned
          .findOlder(serialNumber, id.form(), status, signing.responder(), signing.now())
          .orElseThrow(() -> e);
    }
  }

  private OcspAnswer preSign(
      SerialNumber serialNumber, CertificateId id, long status, Signing signing) {
    Freshness freshness = freshness(signing);
    SingleAnswer single = new SingleAnswer(id, PackedStatus.unpack(status));
    byte[] octets = signing.responder().sign(List.of(single), freshness, Optional.empty());
    OcspAnswer.Caching caching =
        new OcspAnswer.Caching(etag(octets), freshness.thisUpdate(), freshness.nextUpdate());
    OcspAnswer answer = new OcspAnswer(octets, Optional.of(caching));
    // Replaced at half its time, by whoever asks then: nobody is handed one that is about to end.
    Instant until = signing.asOf().plus(settings.period().dividedBy(2));
    preSigned.keep(
        serialNumber,
        id,
        new PreSignedAnswers.PreSigned(answer, status, signing.responder(), until));
    return answer;
  }

  private OcspAnswer answerAll(List<CertificateId> ids, Optional<Nonce> nonce, Signing signing) {
    List<SingleAnswer> answers = new ArrayList<>(ids.size());
    for (CertificateId id : ids) {
      boolean doubtful = isDoubtful(id);
      long status = status(id, signing);
      boolean missing = status == PackedStatus.UNKNOWN && signing.responder().isIssuerOf(id);
      if (doubtful || (missing && signing.mayBeIncomplete())) {
        return refuse(OcspRefusal.TRY_LATER);
      }
      answers.add(new SingleAnswer(id, PackedStatus.unpack(status)));
    }
    byte[] octets = signing.responder().sign(answers, freshness(signing), nonce);
    return new OcspAnswer(octets, Optional.empty());
  }

  /** To be asked before the status: a doubt ends when the status is right. */
  private boolean isDoubtful(CertificateId id) {
    return id.serialNumber().filter(index::isDoubtful).isPresent();
  }

  private long status(CertificateId id, Signing signing) {
    if (!signing.responder().isIssuerOf(id)) {
      return PackedStatus.UNKNOWN;
    }
    return id.serialNumber()
        .map(serialNumber -> index.find(signing.issuer(), serialNumber))
        .orElse(PackedStatus.UNKNOWN);
  }

  private Freshness freshness(Signing signing) {
    return new Freshness(signing.now(), signing.asOf(), signing.asOf().plus(settings.period()));
  }

  private static String etag(byte[] octets) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(octets);
      return HexFormat.of().toHexDigits(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static OcspAnswer refuse(OcspRefusal refusal) {
    return new OcspAnswer(refusal.toResponse(), Optional.empty());
  }
}
