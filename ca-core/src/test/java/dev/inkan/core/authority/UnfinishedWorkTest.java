package dev.inkan.core.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.inkan.core.store.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S9")
@DisplayName("What a lost database left half done is ended when it is back")
class UnfinishedWorkTest {

  private final UnfinishedWork work = new UnfinishedWork();
  private final List<String> done = new ArrayList<>();
  private final AtomicBoolean away = new AtomicBoolean(true);

  private void add(String name) {
    work.add(
        () -> {
          if (away.get()) {
            throw new StoreUnavailableException("away", new IllegalStateException());
          }
          done.add(name);
        });
  }

  @Test
  void allOfItOnceTheLedgerIsBack() {
    add("one");
    add("two");
    assertThatThrownBy(work::finish).isInstanceOf(StoreUnavailableException.class);
    assertThat(work.size()).isEqualTo(2);
    assertThat(done).isEmpty();

    away.set(false);
    assertThat(work.finish()).isEqualTo(2);
    assertThat(done).containsExactlyInAnyOrder("one", "two");
    assertThat(work.finish()).isZero();
  }

  @Test
  void onePieceThatCannotBeEndedIsInNobodysWay() {
    work.add(
        () -> {
          throw new IllegalStateException("never");
        });
    away.set(false);
    add("other");

    assertThatThrownBy(work::finish).hasMessage("never");
    assertThatThrownBy(work::finish).hasMessage("never");

    assertThat(done).containsExactly("other");
    assertThat(work.size()).isEqualTo(1);
  }
}
