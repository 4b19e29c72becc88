package dev.inkan.server.http.web;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.http.web.view.ErrorView;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.LoginRefusals;
import dev.inkan.server.http.web.view.MailListView;
import dev.inkan.server.http.web.view.MailView;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RegisterRefusals;
import dev.inkan.server.http.web.view.RenewalRefusals;
import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.http.web.view.UserProblems;
import dev.inkan.server.http.web.view.UserRefusals;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The Japanese documents say what screens and mails say, and show today's screens. */
@Tag("F1")
class MemberGuideTest {

  private static final Path DOCUMENTS = Path.of("..", "docs", "ja");
  private static final Path IMAGES = DOCUMENTS.resolve("images");
  private static final Pattern PICTURE = Pattern.compile("\\(images/([a-z0-9-]+\\.png)\\)");

  /** What may be missing in the guide: the demonstration's own screens, and what only fails. */
  private static final Set<Class<?>> NOT_SHOWN =
      Set.of(MailListView.class, MailView.class, ErrorView.class);

  private static String guide;
  private static GuideWords words;

  /** Which sample page a picture shows, and the digest of its words then. */
  private record Taken(String picture, String page, String digest) {}

  @BeforeAll
  static void read() throws IOException {
    guide = Files.readString(DOCUMENTS.resolve("guide-members.md"));
    words = GuideWords.collected();
  }

  @Test
  @DisplayName("every picture that is named exists, and every picture is shown")
  void pictures() throws IOException {
    Set<String> there;
    try (Stream<Path> files = Files.list(IMAGES)) {
      there =
          files
              .map(it -> it.getFileName().toString())
              .filter(it -> it.endsWith(".png"))
              .collect(toCollection(TreeSet::new));
    }
    Set<String> named = new TreeSet<>();
    try (Stream<Path> documents = Files.list(DOCUMENTS)) {
      for (Path document : documents.filter(it -> it.toString().endsWith(".md")).toList()) {
        PICTURE.matcher(Files.readString(document)).results().forEach(it -> named.add(it.group(1)));
      }
    }
    assertThat(there).isEqualTo(named);
  }

  @Test
  @DisplayName("the pictures show the words of today's screens: else run bin/manual-screens")
  void picturesAreOfToday() throws IOException {
    Pages pages = new Pages();
    assertThat(taken())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            it -> {
              String html =
                  pages.render(Objects.requireNonNull(SamplePages.all().get(it.page()), it.page()));
              assertThat(it.digest()).as(it.picture()).isEqualTo(digest(html));
            });
  }

  @Test
  @DisplayName("B18: every screen that a member can meet is in the guide")
  void everyScreen() throws IOException {
    Set<Class<?>> shown = new HashSet<>(NOT_SHOWN);
    for (Taken it : taken()) {
      assertThat(guide).contains("(images/" + it.picture() + ".png)");
      shown.add(Objects.requireNonNull(SamplePages.all().get(it.page())).getClass());
    }
    Set<Class<?>> every = new HashSet<>();
    SamplePages.all().values().forEach(it -> every.add(it.getClass()));
    assertThat(shown).isEqualTo(every);
  }

  @Test
  @DisplayName("what the guide quotes in 「」 some screen, mail or letter says")
  void quotations() {
    assertThat(GuideWords.quoted(guide))
        .hasSizeGreaterThan(150)
        .allSatisfy(it -> assertThat(words.say(it)).as(it).isTrue());
  }

  @Test
  @DisplayName("what the guide has pressed in ［］ some screen has")
  void labels() {
    assertThat(GuideWords.labels(guide))
        .hasSizeGreaterThan(50)
        .allSatisfy(it -> assertThat(words.havePressed(it)).as(it).isTrue());
  }

  @Test
  @DisplayName("every message that a screen can show stands in the guide, with what to do")
  void messages() throws ReflectiveOperationException {
    List<String> said = new ArrayList<>();
    for (Class<?> refusals :
        List.of(
            IssueRefusals.class,
            LoginRefusals.class,
            RegisterRefusals.class,
            RenewalRefusals.class,
            UserRefusals.class)) {
      made(refusals, Refusal.class).forEach(it -> said.add(it.title()));
    }
    for (Class<?> problems : List.of(Problem.class, RegisterProblems.class, UserProblems.class)) {
      made(problems, Problem.class).forEach(it -> said.add(firstSentence(it.message())));
    }
    Arrays.stream(Failure.values()).forEach(it -> said.add(it.title()));
    List<String> quoted = GuideWords.quoted(rows(guide));

    assertThat(said).hasSizeGreaterThan(80);
    assertThat(quoted).containsAll(said);
  }

  @Test
  @Tag("A4")
  @DisplayName(
      "A4: the mail of 30 days before is quoted word for word; every kind of mail is named")
  void mails() throws IOException {
    String golden = Files.readString(Path.of("src/test/resources/mail/expiring_ja.txt"));
    String block =
        guide.substring(
            guide.indexOf("```\n") + 4, guide.indexOf("\n```", guide.indexOf("```\n") + 4));
    Properties mails = new Properties();
    try (var reader =
        Files.newBufferedReader(Path.of("src/main/resources/mail/mail_ja.properties"))) {
      mails.load(reader);
    }
    List<String> topics =
        mails.entrySet().stream()
            .filter(it -> it.getKey().toString().endsWith(".topic"))
            .map(Map.Entry::getValue)
            .map(Object::toString)
            .toList();

    assertThat(golden).startsWith(block);
    assertThat(block.lines().count()).isGreaterThan(20);
    assertThat(GuideWords.quoted(guide)).containsAll(topics);
    assertThat(mails.stringPropertyNames())
        .filteredOn(it -> it.endsWith(".topic"))
        .allSatisfy(
            it ->
                assertThat(UserWords.topic(it.replace(".topic", "")))
                    .as("as a master user's screen calls it")
                    .isEqualTo(mails.getProperty(it)));
  }

  private static List<Taken> taken() throws IOException {
    return Files.readAllLines(IMAGES.resolve("screens.txt")).stream()
        .map(line -> line.split(" ", -1))
        .map(it -> new Taken(it[0], it[1], it[2]))
        .toList();
  }

  private static String rows(String markdown) {
    return String.join("\n", markdown.lines().filter(it -> it.startsWith("|")).toList());
  }

  private static String firstSentence(String message) {
    return message.substring(0, message.indexOf('。') + 1);
  }

  /** What the factories of {@code type} make, with an example for everything they are handed. */
  private static <T> List<T> made(Class<?> type, Class<T> kind)
      throws ReflectiveOperationException {
    List<T> made = new ArrayList<>();
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isStatic(method.getModifiers())
          && Modifier.isPublic(method.getModifiers())
          && method.getReturnType().equals(kind)) {
        Object[] examples =
            Arrays.stream(method.getParameterTypes()).map(MemberGuideTest::example).toArray();
        made.add(kind.cast(method.invoke(null, examples)));
      }
    }
    return made;
  }

  private static Object example(Class<?> type) {
    if (type.equals(boolean.class)) {
      return true;
    } else if (type.equals(int.class)) {
      return 4;
    }
    return type.equals(Step.class) ? Step.USER_AUTHENTICATION : "14時06分";
  }

  /** As {@code ManualScreensTest} of e2e writes it beside the pictures. */
  private static String digest(String html) {
    try {
      byte[] text = html.replaceAll("<[^>]+>", "").getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
