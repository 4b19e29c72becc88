package dev.inkan.admin.command.operator;

import dev.inkan.admin.command.ExitStatus;
import dev.inkan.admin.command.NewFile;
import dev.inkan.admin.command.OutputOption;
import dev.inkan.admin.command.Session;
import dev.inkan.admin.output.Sheet.Paper;
import dev.inkan.core.api.IssuedCredential;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a new credential goes: a file for its owner alone, and the passphrase beside it. */
final class CredentialDelivery implements AutoCloseable {

  private final Session session;
  private final NewFile credential;
  private final Optional<NewFile> passphrase;

  private CredentialDelivery(Session session, NewFile credential, Optional<NewFile> passphrase) {
    this.session = session;
    this.credential = credential;
    this.passphrase = passphrase;
  }

  static CredentialDelivery reserve(Session session, Path credential, @Nullable Path passphrase) {
    return new CredentialDelivery(
        session,
        NewFile.reserve(credential),
        Optional.ofNullable(passphrase).map(NewFile::reserve));
  }

  /** Writes and tells; the passphrase is never to be had again. */
  int deliver(IssuedCredential issued, OutputOption output) {
    byte[] octets = Base64.getDecoder().decode(issued.pkcs12());
    credential.write(octets);
    Arrays.fill(octets, (byte) 0);
    passphrase.ifPresent(
        it -> it.write((issued.passphrase() + "\n").getBytes(StandardCharsets.US_ASCII)));
    output.one(session, issued.operator(), OperatorView.listing(), this::tell);
    if (passphrase.isEmpty()) {
      PrintWriter to = output.isForPeople() ? session.terminal().out() : session.terminal().err();
      to.println("passphrase  " + issued.passphrase());
      to.flush();
    }
    session.note(
        "note: the passphrase is never to be had again. Hand it over apart from the file, which is"
            + " the operator's own to keep.");
    return ExitStatus.DONE;
  }

  private void tell(Paper paper) {
    paper.out().println("credential  " + credential.path());
    passphrase.ifPresent(it -> paper.out().println("passphrase  in " + it.path()));
  }

  @Override
  public void close() {
    credential.close();
    passphrase.ifPresent(NewFile::close);
  }
}
