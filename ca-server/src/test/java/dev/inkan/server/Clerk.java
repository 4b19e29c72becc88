package dev.inkan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.config.ConfigFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The bank's clerk at a terminal: commands in process, on one new installation. */
final class Clerk {

  private static final Pattern LOGIN_ID = Pattern.compile("\nログインID +([A-Z]{2}[0-9]{8})\n");
  private static final Pattern PASSWORD = Pattern.compile("\n初期パスワード +(\\S{12})\n");

  private final SecureRandom random = new SecureRandom();
  private final Path folder;
  private final Path file;
  private int organisations;

  /** How a command ended, and what it said. */
  record Run(int status, String out, String err) {

    String loginId() {
      return first(LOGIN_ID);
    }

    String password() {
      return first(PASSWORD);
    }

    private String first(Pattern pattern) {
      Matcher found = pattern.matcher(out);
      assertThat(found.find()).as(out + err).isTrue();
      return found.group(1);
    }
  }

  Clerk(Path folder) throws IOException {
    this.folder = folder;
    this.file = folder.resolve("inkan.yaml");
    Files.writeString(
        file,
        """
        web:
          public-url: https://inkan.mihon-rokin.example
        status:
          base-url: http://localhost:8080
        mail:
          host: 127.0.0.1
          port: 1
          security: none
          from: inkan@mihon-rokin.example
        registration:
          initial-password-lifetime: 10d
        """);
    assertThat(run(Optional.empty(), "init").status()).isZero();
  }

  Run run(Optional<Boolean> answer, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine line = InkanServer.commandLine(Clock.systemUTC(), random, question -> answer);
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int status =
        line.execute(
            Stream.concat(Stream.of(arguments), Stream.of("--config", file.toString()))
                .toArray(String[]::new));
    assertThat(err.toString()).as("no stack trace").doesNotContain("\tat ");
    return new Run(status, out.toString(), err.toString());
  }

  Run run(String... arguments) {
    return run(Optional.empty(), arguments);
  }

  Run add(String number, String name, String... more) {
    return run(
        Stream.concat(Stream.of("org", "add", "--number", number, "--name", name), Stream.of(more))
            .toArray(String[]::new));
  }

  String newNumber() {
    organisations++;
    return "N-" + organisations;
  }

  /** A new organisation with a registered master user. */
  String importMaster() throws IOException {
    String number = newNumber();
    String id = "taro" + number.replaceAll("\\D", "x") + organisations;
    Path csv = folder.resolve(number + ".csv");
    Files.writeString(
        csv,
        "organisation_number,organisation_name,user_id,role,name,mail,password\n"
            + number
            + ",印鑑商事,"
            + id
            + ",master,印鑑 太郎,taro@example.jp,Inkan#2026\n");
    assertThat(run("import-users", csv.toString()).status()).isZero();
    return number;
  }

  List<String> query(String sql) throws SQLException {
    try (Storage storage =
            Storage.open(ConfigFile.load(file), Clock.systemUTC(), new SecureRandom());
        Connection connection = storage.database().dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
      return values;
    }
  }

  void update(String sql) throws SQLException {
    try (Storage storage =
            Storage.open(ConfigFile.load(file), Clock.systemUTC(), new SecureRandom());
        Connection connection = storage.database().dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
