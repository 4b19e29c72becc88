package dev.inkan.server.simulation;

import dev.inkan.server.mail.HandOver;
import dev.inkan.server.mail.MailText;
import dev.inkan.server.mail.MailTransport;
import dev.inkan.server.mail.QueuedMail;
import dev.inkan.server.registration.mail.MailNumber;
import dev.inkan.server.registration.user.MailAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A mail server that takes every mail, notes for whom it is, and keeps no word of it. */
public final class RecordingTransport implements MailTransport {

  private final Queue<Taken> taken = new ConcurrentLinkedQueue<>();

  /** A mail that would have been sent. */
  record Taken(MailNumber number, String kind, MailAddress to) {}

  /** What was taken since the last call, the oldest first. */
  List<Taken> drain() {
    List<Taken> drained = new ArrayList<>();
    for (Taken mail = taken.poll(); mail != null; mail = taken.poll()) {
      drained.add(mail);
    }
    return drained;
  }

  @Override
  public Connection connect() {
    return new Connection() {
      @Override
      public HandOver submit(QueuedMail mail, MailText text) {
        taken.add(new Taken(mail.number(), mail.kind(), mail.to()));
        return new HandOver.Accepted();
      }

      @Override
      public void close() {
        // Nothing was opened.
      }
    };
  }
}
