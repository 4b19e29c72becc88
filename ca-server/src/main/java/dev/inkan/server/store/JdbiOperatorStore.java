package dev.inkan.server.store;

import static dev.inkan.server.store.Columns.utc;

import dev.inkan.core.api.CredentialState;
import dev.inkan.core.api.NewOperator;
import dev.inkan.core.api.Operator;
import dev.inkan.core.api.OperatorCredential;
import dev.inkan.core.api.OperatorState;
import dev.inkan.core.api.Page;
import dev.inkan.core.api.Role;
import dev.inkan.core.certificate.Fingerprint;
import dev.inkan.core.certificate.SerialNumber;
import dev.inkan.core.certificate.Validity;
import dev.inkan.server.operation.OperatorStore;
import dev.inkan.server.operation.Paging;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** {@link OperatorStore} on the operators' tables, inside the handle's transaction. */
final class JdbiOperatorStore implements OperatorStore {

  private static final String SELECT =
      """
      SELECT name, display_name, roles, created_at, created_by, disabled_at, disabled_by
      FROM bank_operator
      """;

  private static final String CREDENTIALS =
      """
      SELECT k.fingerprint, k.serial_number, k.first_used_at, k.replaced_at,
             c.not_before, c.not_after, c.state, c.revoked_at
      FROM operator_credential k JOIN certificate c ON c.serial_number = k.serial_number
      WHERE k.operator_name = :name
      ORDER BY k.made_at DESC, k.fingerprint
      """;

  private static final String HOLDER =
      """
      SELECT operator_name, serial_number, first_used_at, replaced_at FROM operator_credential
      WHERE fingerprint = :fingerprint
      """;

  private static final String INSERT =
      """
      INSERT INTO bank_operator (name, display_name, roles, created_at, created_by)
      VALUES (:name, :displayName, :roles, :at, :by)
      """;

  private static final String INSERT_CREDENTIAL =
      """
      INSERT INTO operator_credential (fingerprint, operator_name, serial_number, made_at)
      VALUES (:fingerprint, :name, :serial, :at)
      """;

  private static final String DISABLE =
      """
      UPDATE bank_operator SET disabled_at = :at, disabled_by = :by
      WHERE name = :name AND disabled_at IS NULL
      """;

  private static final String ADMINISTRATORS =
      """
      SELECT name FROM bank_operator
      WHERE disabled_at IS NULL AND roles LIKE '%ADMINISTRATOR%'
      ORDER BY name FOR UPDATE
      """;

  private static final String FIRST_USE =
      """
      UPDATE operator_credential SET first_used_at = :at
      WHERE fingerprint = :fingerprint AND first_used_at IS NULL AND replaced_at IS NULL
      """;

  private static final String OLDER =
      """
      SELECT o.serial_number FROM operator_credential o
      JOIN operator_credential n ON n.operator_name = o.operator_name
      WHERE n.fingerprint = :fingerprint AND o.fingerprint <> n.fingerprint
        AND o.made_at <= n.made_at AND o.replaced_at IS NULL
      """;

  private static final String REPLACE =
      """
      UPDATE operator_credential SET replaced_at = :at
      WHERE serial_number = :serial AND replaced_at IS NULL
      """;

  private static final String BEFORE_INSERT = "before_operator";

  private final Handle handle;

  JdbiOperatorStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Operator> find(String name, Instant now) {
    return handle
        .createQuery(SELECT + " WHERE name = :name")
        .bind("name", name)
        .map((row, context) -> toOperator(row, now))
        .findOne();
  }

  @Override
  public Page<Operator> list(Paging paging, Instant now) {
    List<Operator> read =
        new Conditions()
            .and(paging.after(), "after", "name > :after")
            .on(handle, SELECT, "ORDER BY name FETCH FIRST :limit ROWS ONLY")
            .bind("limit", paging.limit() + 1)
            .map((row, context) -> toOperator(row, now))
            .list();
    return paging.page(read, it -> it, Operator::name);
  }

  @Override
  public boolean add(NewOperator operator, Instant at, String by) {
    handle.savepoint(BEFORE_INSERT);
    try {
      handle
          .createUpdate(INSERT)
          .bind("name", operator.name())
          .bind("displayName", operator.displayName())
          .bind(
              "roles",
              operator.roles().stream().sorted().map(Role::name).collect(Collectors.joining(",")))
          .bind("at", utc(at))
          .bind("by", by)
          .execute();
      return true;
    } catch (UnableToExecuteStatementException e) {
      if (!SqlFailure.of(e).isUniqueViolation()) {
        throw e;
      }
      handle.rollbackToSavepoint(BEFORE_INSERT);
      return false;
    }
  }

  @Override
  public boolean disable(String name, Instant at, String by) {
    return handle
            .createUpdate(DISABLE)
            .bind("name", name)
            .bind("at", utc(at))
            .bind("by", by)
            .execute()
        == 1;
  }

  @Override
  public List<String> lockAdministrators() {
    return handle.createQuery(ADMINISTRATORS).map((row, context) -> row.getString("name")).list();
  }

  @Override
  public Optional<Holder> holder(Fingerprint fingerprint) {
    return handle
        .createQuery(HOLDER)
        .bind("fingerprint", fingerprint.hex())
        .map(
            (row, context) ->
                new Credential(
                    row.getString("operator_name"),
                    SerialNumber.parse(row.getString("serial_number")),
                    Columns.optionalInstant(row, "first_used_at").isPresent(),
                    Columns.optionalInstant(row, "replaced_at").isPresent()))
        .findOne()
        .map(
            it ->
                new Holder(
                    handle
                        .createQuery(SELECT + " WHERE name = :name")
                        .bind("name", it.operator())
                        .map((row, context) -> toOperator(row, List.of()))
                        .one(),
                    it.serialNumber(),
                    it.used(),
                    it.replaced()));
  }

  private record Credential(
      String operator, SerialNumber serialNumber, boolean used, boolean replaced) {}

  @Override
  public void addCredential(
      Fingerprint fingerprint, String operator, SerialNumber serial, Instant at) {
    handle
        .createUpdate(INSERT_CREDENTIAL)
        .bind("fingerprint", fingerprint.hex())
        .bind("name", operator)
        .bind("serial", serial.toString())
        .bind("at", utc(at))
        .execute();
  }

  @Override
  public List<SerialNumber> use(Fingerprint fingerprint, Instant at) {
    int first =
        handle
            .createUpdate(FIRST_USE)
            .bind("fingerprint", fingerprint.hex())
            .bind("at", utc(at))
            .execute();
    if (first == 0) {
      return List.of();
    }
    List<String> older =
        handle
            .createQuery(OLDER)
            .bind("fingerprint", fingerprint.hex())
            .map((row, context) -> row.getString("serial_number"))
            .list();
    older.forEach(
        serial ->
            handle.createUpdate(REPLACE).bind("serial", serial).bind("at", utc(at)).execute());
    return older.stream().map(SerialNumber::parse).toList();
  }

  private Operator toOperator(ResultSet row, Instant now) throws SQLException {
    List<OperatorCredential> credentials =
        handle
            .createQuery(CREDENTIALS)
            .bind("name", row.getString("name"))
            .map((credential, context) -> toCredential(credential, now))
            .list();
    return toOperator(row, credentials);
  }

  private static Operator toOperator(ResultSet row, List<OperatorCredential> credentials)
      throws SQLException {
    Optional<Instant> disabledAt = Columns.optionalInstant(row, "disabled_at");
    return new Operator(
        row.getString("name"),
        row.getString("display_name"),
        Arrays.stream(row.getString("roles").split(",")).map(Role::valueOf).toList(),
        disabledAt.isPresent() ? OperatorState.DISABLED : OperatorState.ACTIVE,
        Columns.instant(row, "created_at"),
        row.getString("created_by"),
        disabledAt,
        Columns.optionalText(row, "disabled_by"),
        credentials);
  }

  private static OperatorCredential toCredential(ResultSet row, Instant now) throws SQLException {
    Validity validity =
        new Validity(Columns.instant(row, "not_before"), Columns.instant(row, "not_after"));
    CredentialState state = CredentialState.VALID;
    if (row.getObject("replaced_at") != null) {
      state = CredentialState.REPLACED;
    } else if (row.getObject("revoked_at") != null || !"ISSUED".equals(row.getString("state"))) {
      state = CredentialState.REVOKED;
    } else if (!validity.contains(now)) {
      state = CredentialState.EXPIRED;
    }
    return new OperatorCredential(
        row.getString("serial_number"),
        row.getString("fingerprint"),
        state,
        validity.notBefore(),
        validity.notAfter(),
        Columns.optionalInstant(row, "first_used_at"));
  }
}
