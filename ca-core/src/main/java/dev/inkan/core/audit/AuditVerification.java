package dev.inkan.core.audit;

import dev.inkan.core.audit.AuditFinding.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks an audit trail record by record, as it is read: start with {@link #with}, hand each record
 * and each checkpoint to the verification that the one before gave back, and close with {@link
 * #endedAt} or {@link #cut}. Immutable; takes as little memory for a million records as for ten.
 */
public final class AuditVerification {

  private static final int FINDINGS_AT_MOST = 100;

  private final AuditTrust trust;
  private final Place place;
  private final Tally tally;

  private AuditVerification(AuditTrust trust, Place place, Tally tally) {
    this.trust = trust;
    this.place = place;
    this.tally = tally;
  }

  /**
   * Where the reading stands.
   *
   * @param before the number of the record before the first
   * @param last the number of the last record
   * @param hash that record's, as written
   * @param checkpoint the number of the last checkpoint read
   * @param covered the last record that a sound checkpoint covers
   * @param rewritten whether a checkpoint has contradicted: those after it will as well
   */
  private record Place(
      long before,
      long last,
      ChainHash hash,
      long checkpoint,
      long covered,
      Optional<Instant> coveredAt,
      boolean rewritten) {

    static final Place START = new Place(0, 0, ChainHash.START, 0, 0, Optional.empty(), false);

    Place at(long number, ChainHash reached) {
      return new Place(before, number, reached, checkpoint, covered, coveredAt, rewritten);
    }

    Place passed(AuditCheckpoint read) {
      return new Place(before, last, hash, read.number(), covered, coveredAt, rewritten);
    }

    Place coveredBy(AuditCheckpoint read) {
      return new Place(
          before, last, hash, checkpoint, read.number(), Optional.of(read.at()), rewritten);
    }

    Place contradicted() {
      return new Place(before, last, hash, checkpoint, covered, coveredAt, true);
    }
  }

  private record Tally(
      long records, long checkpoints, List<AuditFinding> findings, long findingCount) {

    static final Tally NONE = new Tally(0, 0, List.of(), 0);

    Tally record() {
      return new Tally(records + 1, checkpoints, findings, findingCount);
    }

    Tally checkpoint() {
      return new Tally(records, checkpoints + 1, findings, findingCount);
    }

    Tally finding(Kind kind, long number, String sentence) {
      if (findings.size() == FINDINGS_AT_MOST) {
        return new Tally(records, checkpoints, findings, findingCount + 1);
      }
      List<AuditFinding> more = new ArrayList<>(findings);
      more.add(new AuditFinding(kind, number, sentence));
      return new Tally(records, checkpoints, List.copyOf(more), findingCount + 1);
    }
  }

  /** A verification that has read nothing yet. */
  public static AuditVerification with(AuditTrust trust) {
    return new AuditVerification(trust, Place.START, Tally.NONE);
  }

  /**
   * A verification of a trail that begins later. What came before is not looked at; a checkpoint
   * after its beginning proves where it began as well.
   *
   * @param last the number of the record before the first to come
   * @param hash that record's hash, as whoever exported says
   * @param checkpoint the number of the last checkpoint up to that record, or 0
   */
  public static AuditVerification after(
      AuditTrust trust, long last, ChainHash hash, long checkpoint) {
    return new AuditVerification(
        trust, new Place(last, last, hash, checkpoint, last, Optional.empty(), false), Tally.NONE);
  }

  /** Takes the next record. */
  public AuditVerification accept(AuditRecord read) {
    long number = read.number();
    Tally counted = tally.record();
    if (number <= place.last() || number == Long.MAX_VALUE) {
      return to(
          place,
          counted.finding(
              Kind.OUT_OF_PLACE,
              number,
              "record "
                  + number
                  + " stands after record "
                  + place.last()
                  + ": it was inserted, repeated or moved"));
    }
    Place next = place.at(number, read.hash());
    if (number > place.last() + 1) {
      return to(next, missing(counted, number - 1));
    }
    if (!read.follows(place.hash())) {
      return to(
          next,
          counted.finding(
              Kind.CHANGED, number, "record " + number + " was changed" + orTheOneBefore(number)));
    }
    return to(next, counted);
  }

  private static String orTheOneBefore(long number) {
    return number == 1 ? "" : ", or record " + (number - 1) + " and its hash were";
  }

  private Tally missing(Tally counted, long to) {
    long from = place.last() + 1;
    String which = from == to ? "record " + from + " is" : "records " + from + " to " + to + " are";
    return counted.finding(Kind.MISSING, from, which + " missing");
  }

  /** Takes the next checkpoint, which stands after the record it names. */
  public AuditVerification accept(AuditCheckpoint read) {
    Tally counted = tally.checkpoint();
    Optional<String> objection = trust.objection(read);
    if (objection.isPresent()) {
      return to(
          place.passed(read),
          counted.finding(
              Kind.CHECKPOINT_NOT_SIGNED,
              read.number(),
              "the checkpoint at record " + read.number() + " does not count: " + objection.get()));
    }
    return follow(read, inOrder(read, counted));
  }

  private Tally inOrder(AuditCheckpoint read, Tally counted) {
    if (read.previous() == place.checkpoint() && read.number() >= place.last()) {
      return counted;
    }
    String sentence =
        read.number() < place.last()
            ? "the checkpoint at record " + read.number() + " stands after record " + place.last()
            : "the checkpoint at record "
                + read.number()
                + " follows one at record "
                + read.previous()
                + ", which is not before it: a checkpoint is missing or was inserted";
    return counted.finding(Kind.CHECKPOINT_OUT_OF_PLACE, read.number(), sentence);
  }

  private AuditVerification follow(AuditCheckpoint read, Tally counted) {
    Place passed = place.passed(read);
    if (read.number() < place.last()) {
      return to(passed, counted);
    }
    if (read.number() > place.last()) {
      return to(
          passed.at(read.number(), read.hash()).coveredBy(read), missing(counted, read.number()));
    }
    if (read.hash().equals(place.hash())) {
      return to(passed.coveredBy(read), counted);
    }
    return to(passed.contradicted(), place.rewritten() ? counted : contradiction(read, counted));
  }

  private Tally contradiction(AuditCheckpoint read, Tally counted) {
    return counted.finding(
        Kind.CONTRADICTS_CHECKPOINT,
        read.number(),
        "the checkpoint at record "
            + read.number()
            + ", signed at "
            + AuditChain.time(read.at())
            + ", contradicts that record: among records "
            + (place.covered() + 1)
            + " to "
            + read.number()
            + " one was changed, removed or inserted, and the hashes after it were written anew");
  }

  /**
   * The verdict on a trail that was read to its end.
   *
   * @param last the number of the last record that there should be
   */
  public AuditVerdict endedAt(long last) {
    if (last > place.last()) {
      return to(place.at(last, place.hash()), missing(tally, last)).verdict();
    }
    if (last < place.last()) {
      return to(
              place,
              tally.finding(
                  Kind.OUT_OF_PLACE,
                  last + 1,
                  "the trail should end at record " + last + " and goes on: records were added"))
          .verdict();
    }
    return verdict();
  }

  /** The verdict on a trail that broke off. */
  public AuditVerdict cut() {
    return to(
            place,
            tally.finding(
                Kind.CUT,
                place.last() + 1,
                "the export breaks off after record " + place.last() + ": its end is missing"))
        .verdict();
  }

  private AuditVerdict verdict() {
    return new AuditVerdict(
        tally.records(),
        tally.checkpoints(),
        new AuditReach(place.before(), place.last(), place.covered(), place.coveredAt()),
        tally.findings(),
        tally.findingCount());
  }

  private AuditVerification to(Place next, Tally counted) {
    return new AuditVerification(trust, next, counted);
  }
}
