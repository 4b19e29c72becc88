package dev.inkan.server.mail;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.store.StoreUnavailableException;
import dev.inkan.server.registration.mail.MailNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A queue in memory that remembers what it was told, one line each. */
final class FakeMailQueue implements MailQueue {

  private final List<QueuedMail> due = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private boolean lost;

  void add(QueuedMail mail) {
    due.add(mail);
  }

  List<String> told() {
    return told;
  }

  @Override
  public List<QueuedMail> claim(NodeName node, Instant now, Duration lease, int limit) {
    List<QueuedMail> claimed = new ArrayList<>();
    for (Iterator<QueuedMail> i = due.iterator(); i.hasNext() && claimed.size() < limit; ) {
      claimed.add(i.next());
      i.remove();
    }
    return claimed;
  }

  @Override
  public int release(NodeName node) {
    told.add("released");
    return 0;
  }

  /** The database is gone when the next mail is to be noted as handed over. */
  void loseNextSent() {
    lost = true;
  }

  @Override
  public void sent(MailNumber number, Instant at) {
    if (lost) {
      lost = false;
      throw new StoreUnavailableException("gone", new IllegalStateException());
    }
    told.add(number + " sent");
  }

  @Override
  public void retry(MailNumber number, Instant next, String reason) {
    told.add(number + " retry " + next + " " + reason);
  }

  @Override
  public void refused(MailNumber number, Instant at, String reason) {
    told.add(number + " refused " + reason);
  }
}
