package dev.inkan.admin.command;

import dev.inkan.admin.client.Resource;
import dev.inkan.core.api.Page;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much of a list. */
public final class PageOptions {

  private static final int AT_ONCE = 1_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private int limit = 100;

  @Option(names = "--all", order = 71, description = "As many as there are.")
  private boolean all;

  @Option(
      names = "--limit",
      paramLabel = "N",
      order = 70,
      defaultValue = "100",
      description = "How many at most (default: ${DEFAULT-VALUE}).")
  void limit(int number) {
    if (number < 1) {
      throw new ParameterException(command.commandLine(), "--limit must be 1 or more");
    }
    limit = number;
  }

  /** The pages of {@code resource}, each fetched when it is needed; to be walked once. */
  public <T> Iterable<List<T>> of(Session session, Resource resource, Class<T> item) {
    return () -> new Pages<>(session, resource, item, all ? Integer.MAX_VALUE : limit);
  }

  private static final class Pages<T> implements Iterator<List<T>> {

    private final Session session;
    private final Resource resource;
    private final Class<T> item;
    private int left;
    private @Nullable Page<T> last;

    private Pages(Session session, Resource resource, Class<T> item, int left) {
      this.session = session;
      this.resource = resource;
      this.item = item;
      this.left = left;
    }

    @Override
    public boolean hasNext() {
      @Nullable Page<T> page = last;
      if (page == null) {
        return true;
      }
      if (page.next().isPresent() && left == 0) {
        session.note("There are more: --limit N shows more of them, --all shows all.");
      }
      return page.next().isPresent() && left > 0;
    }

    @Override
    public List<T> next() {
      if (last != null && left == 0) {
        throw new NoSuchElementException();
      }
      @Nullable Page<T> before = last;
      Page<T> page =
          session
              .api()
              .page(
                  resource
                      .with("limit", Math.min(left, AT_ONCE))
                      .with("after", before == null ? Optional.empty() : before.next()),
                  item);
      left -= Math.min(left, page.items().size());
      last = page;
      return page.items();
    }
  }
}
