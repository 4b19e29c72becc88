package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.certificate.NodeName;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.SubscriberId;
import dev.inkan.server.registration.access.ApplicationId;
import dev.inkan.server.registration.application.Application;
import dev.inkan.server.registration.application.ApplicationStore;
import dev.inkan.server.registration.application.IssuedFile;
import dev.inkan.server.registration.secret.CodeState;
import dev.inkan.server.registration.secret.SealedSecret;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * {@link ApplicationStore} on the {@code certificate_application} table, inside the handle's
 * transaction.
 */
final class JdbiApplicationStore implements ApplicationStore {

  private static final String SELECT =
      """
      SELECT id, subscriber_id, state, created_at, code_counter, code_tries, code_sent_at,
             code_expires_at, sealed_password, issuing_node, serial_number, file_name,
             sealed_file, file_until, delivered_at
      FROM certificate_application
      """;

  private static final String SELECT_BY_ID = SELECT + "WHERE id = :id";

  private static final String SELECT_BY_SERIAL = SELECT + "WHERE serial_number = :serial";

  private static final String COUNT_SINCE =
      """
      SELECT COUNT(*) FROM certificate_application
      WHERE subscriber_id = :subscriber AND created_at >= :since
      """;

  private static final String INSERT =
      """
      INSERT INTO certificate_application (id, subscriber_id, state, created_at, code_counter,
        code_tries, code_sent_at, code_expires_at, sealed_password, issuing_node, serial_number,
        file_name, sealed_file, file_until, delivered_at)
      VALUES (:id, :subscriber, :state, :createdAt, :counter,
        :tries, :sentAt, :expiresAt, :password, :node, :serial,
        :fileName, :file, :until, :deliveredAt)
      """;

  private static final String RESERVE_CODE_TRY =
      """
      UPDATE certificate_application SET code_tries = code_tries + 1
      WHERE id = :id AND state = 'CODE_SENT' AND code_expires_at > :now AND code_tries < :maximum
      """;

  private static final String PASSWORD_DUE =
      """
      UPDATE certificate_application SET state = 'PASSWORD_DUE', sealed_password = NULL
      WHERE id = :id AND state = 'CODE_SENT'
      """;

  private static final String CONFIRM =
      """
      UPDATE certificate_application SET state = 'CONFIRMED', sealed_password = :password
      WHERE id = :id AND state IN ('CODE_SENT', 'PASSWORD_DUE')
      """;

  private static final String VOID_CODE =
      """
      UPDATE certificate_application SET state = 'CODE_VOID', sealed_password = NULL
      WHERE id = :id AND state = 'CODE_SENT'
      """;

  private static final String RESEND =
      """
      UPDATE certificate_application SET code_sent_at = :now
      WHERE id = :id AND state = 'CODE_SENT' AND code_sent_at <= :notAfter
      """;

  private static final String BEGIN =
      """
      UPDATE certificate_application
      SET state = 'ISSUING', issuing_node = :node, sealed_password = NULL
      WHERE id = :id AND state = 'CONFIRMED'
      """;

  private static final String COMPLETE =
      """
      UPDATE certificate_application
      SET state = 'ISSUED', issuing_node = NULL, serial_number = :serial, file_name = :fileName,
          sealed_file = :file, file_until = :until, delivered_at = :deliveredAt
      WHERE id = :id AND state = 'ISSUING'
      """;

  private static final String FAIL =
      """
      UPDATE certificate_application SET state = 'FAILED', issuing_node = NULL
      WHERE id = :id AND state = 'ISSUING'
      """;

  private static final String CANCEL =
      """
      UPDATE certificate_application SET state = 'CANCELLED', sealed_password = NULL
      WHERE id = :id AND state IN ('CODE_SENT', 'CODE_VOID', 'PASSWORD_DUE', 'CONFIRMED')
      """;

  private static final String CANCEL_OF =
      """
      UPDATE certificate_application
      SET state = 'CANCELLED', sealed_password = NULL, issuing_node = NULL
      WHERE subscriber_id = :subscriber AND state NOT IN ('ISSUED', 'FAILED', 'CANCELLED')
      """;

  private static final String DELIVERED =
      """
      UPDATE certificate_application SET delivered_at = :at
      WHERE id = :id AND state = 'ISSUED' AND delivered_at IS NULL
      """;

  private static final String FAIL_UNFINISHED =
      """
      UPDATE certificate_application SET state = 'FAILED', issuing_node = NULL
      WHERE issuing_node = :node AND state = 'ISSUING'
      """;

  private static final String ERASE_PASSWORDS =
      """
      UPDATE certificate_application SET sealed_password = NULL
      WHERE sealed_password IS NOT NULL AND created_at < :before
      """;

  private static final String ERASE_FILES =
      """
      UPDATE certificate_application SET sealed_file = NULL
      WHERE sealed_file IS NOT NULL AND file_until <= :now
      """;

  private final Handle handle;

  JdbiApplicationStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void add(Application application) {
    CodeState code = application.code();
    var insert =
        update(INSERT, application.id())
            .bind("subscriber", application.user().value())
            .bind("state", application.state().name())
            .bind("createdAt", utc(application.createdAt()))
            .bind("counter", code.counter())
            .bind("tries", code.tries())
            .bind("sentAt", utc(code.sentAt()))
            .bind("expiresAt", utc(code.expiresAt()));
    Columns.bindSecret(insert, "password", application.sealedPassword());
    Columns.bindText(insert, "node", application.issuingNode().map(NodeName::value));
    bindFile(insert, application.file()).execute();
  }

  @Override
  public Optional<Application> find(ApplicationId id) {
    return handle
        .createQuery(SELECT_BY_ID)
        .bind("id", id.value())
        .map(ApplicationRows::toApplication)
        .findOne();
  }

  @Override
  public Optional<Application> find(SerialNumber serialNumber) {
    return handle
        .createQuery(SELECT_BY_SERIAL)
        .bind("serial", serialNumber.toString())
        .map(ApplicationRows::toApplication)
        .findOne();
  }

  @Override
  public int countSince(SubscriberId user, Instant since) {
    return handle
        .createQuery(COUNT_SINCE)
        .bind("subscriber", user.value())
        .bind("since", utc(since))
        .map((row, context) -> row.getInt(1))
        .one();
  }

  @Override
  public Optional<CodeState> reserveCodeTry(ApplicationId id, Instant now, int maximumTries) {
    boolean reserved =
        update(RESERVE_CODE_TRY, id).bind("now", utc(now)).bind("maximum", maximumTries).execute()
            == 1;
    return reserved ? find(id).map(Application::code) : Optional.empty();
  }

  @Override
  public boolean passwordDue(ApplicationId id) {
    return update(PASSWORD_DUE, id).execute() == 1;
  }

  @Override
  public boolean confirm(ApplicationId id, SealedSecret sealedPassword) {
    return update(CONFIRM, id).bind("password", sealedPassword.toByteArray()).execute() == 1;
  }

  @Override
  public boolean voidCode(ApplicationId id) {
    return update(VOID_CODE, id).execute() == 1;
  }

  @Override
  public boolean resend(ApplicationId id, Instant now, Instant notAfter) {
    return update(RESEND, id).bind("now", utc(now)).bind("notAfter", utc(notAfter)).execute() == 1;
  }

  @Override
  public boolean begin(ApplicationId id, NodeName node) {
    return update(BEGIN, id).bind("node", node.value()).execute() == 1;
  }

  @Override
  public boolean complete(ApplicationId id, IssuedFile file) {
    return bindFile(update(COMPLETE, id), Optional.of(file)).execute() == 1;
  }

  @Override
  public boolean fail(ApplicationId id) {
    return update(FAIL, id).execute() == 1;
  }

  @Override
  public boolean cancel(ApplicationId id) {
    return update(CANCEL, id).execute() == 1;
  }

  @Override
  public int cancelOf(SubscriberId user) {
    return handle.createUpdate(CANCEL_OF).bind("subscriber", user.value()).execute();
  }

  @Override
  public boolean delivered(ApplicationId id, Instant at) {
    return update(DELIVERED, id).bind("at", utc(at)).execute() == 1;
  }

  @Override
  public int failUnfinished(NodeName node) {
    return handle.createUpdate(FAIL_UNFINISHED).bind("node", node.value()).execute();
  }

  @Override
  public int eraseExpired(Instant now, Instant passwordsBefore) {
    int passwords =
        handle.createUpdate(ERASE_PASSWORDS).bind("before", utc(passwordsBefore)).execute();
    int files = handle.createUpdate(ERASE_FILES).bind("now", utc(now)).execute();
    return passwords + files;
  }

  private Update update(String sql, ApplicationId id) {
    return handle.createUpdate(sql).bind("id", id.value());
  }

  private static Update bindFile(Update update, Optional<IssuedFile> file) {
    Columns.bindText(update, "serial", file.map(IssuedFile::serialNumber).map(Object::toString));
    Columns.bindText(update, "fileName", file.map(IssuedFile::name));
    Columns.bindSecret(update, "file", file.flatMap(IssuedFile::sealed));
    Columns.bindTime(update, "until", file.map(IssuedFile::until));
    return Columns.bindTime(update, "deliveredAt", file.flatMap(IssuedFile::deliveredAt));
  }
}
