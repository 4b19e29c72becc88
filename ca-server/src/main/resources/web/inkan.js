/* What scripts add to the screens. Everything here is an enhancement: each screen works without.
   ECMAScript 5 and the DOM of Internet Explorer 11. */
(function () {
  'use strict';

  function byId(id) {
    return document.getElementById(id);
  }

  function each(list, act) {
    var i;
    for (i = 0; i < list.length; i += 1) {
      act(list[i]);
    }
  }

  /* The summary of problems is read out first. */
  function focusProblems() {
    var problems = byId('problems');
    if (problems) {
      problems.focus();
    }
  }

  /* A double click sends a form once; coming back by the back button opens it again. */
  function sendOnce(form) {
    var sent = false;
    form.addEventListener('submit', function (event) {
      if (sent) {
        event.preventDefault();
      }
      sent = true;
    });
    window.addEventListener('pageshow', function () {
      sent = false;
    });
  }

  /* パスワード用ソフトウェアキーボード */
  function keyboard(panel) {
    var field = byId(panel.getAttribute('data-field'));
    var targets = panel.querySelectorAll('[data-target]');
    var opener = byId('keyboard-open');
    var count = byId('keyboard-count');
    var shuffled = byId('keyboard-shuffle');

    function tell() {
      count.textContent = '入力した文字数：' + field.value.length;
    }

    /* Where there are several fields, one of them is typed into. */
    function aim(id) {
      field = byId(id);
      each(targets, function (target) {
        var on = target.getAttribute('data-target') === id;
        target.setAttribute('aria-pressed', on ? 'true' : 'false');
      });
      tell();
    }

    function listen(input) {
      input.addEventListener('input', tell);
      input.addEventListener('focus', function () {
        aim(input.id);
      });
    }

    function random(below) {
      return Math.floor(Math.random() * below);
    }

    function arrange(row) {
      var keys = Array.prototype.slice.call(row.querySelectorAll('.key'));
      if (shuffled.checked) {
        while (keys.length > 0) {
          row.appendChild(keys.splice(random(keys.length), 1)[0]);
        }
        return;
      }
      keys.sort(function (a, b) {
        return a.getAttribute('data-key') < b.getAttribute('data-key') ? -1 : 1;
      });
      each(keys, function (key) {
        row.appendChild(key);
      });
    }

    function arrangeAll() {
      each(panel.querySelectorAll('.keys-row'), arrange);
    }

    function show(open) {
      panel.hidden = !open;
      opener.setAttribute('aria-expanded', open ? 'true' : 'false');
      if (open) {
        arrangeAll();
        tell();
        panel.querySelector('.key').focus();
      } else {
        opener.focus();
      }
    }

    var acts = {
      'delete': function () {
        field.value = field.value.slice(0, -1);
      },
      clear: function () {
        field.value = '';
      },
      close: function () {
        show(false);
      }
    };

    panel.addEventListener('click', function (event) {
      var key = event.target.getAttribute('data-key');
      var act = event.target.getAttribute('data-act');
      var target = event.target.getAttribute('data-target');
      if (key !== null) {
        field.value += key;
      }
      if (act !== null) {
        acts[act]();
      }
      if (target !== null) {
        aim(target);
      }
      tell();
    });
    panel.addEventListener('keydown', function (event) {
      if (event.keyCode === 27) {
        show(false);
      }
    });
    listen(field);
    each(targets, function (target) {
      var input = byId(target.getAttribute('data-target'));
      if (input !== field) {
        listen(input);
      }
    });
    shuffled.addEventListener('change', arrangeAll);
    opener.addEventListener('click', function () {
      show(panel.hidden);
    });
    byId('keyboard-opener').hidden = false;
  }

  /* ⑦ asks whether the certificate is there; the address itself leads on once it is. */
  function poll(progress) {
    var address = progress.getAttribute('data-poll');

    function again() {
      window.setTimeout(ask, 1000);
    }

    function ask() {
      var request = new XMLHttpRequest();
      request.open('GET', address);
      request.onload = function () {
        if (request.responseText.indexOf('id="progress"') >= 0) {
          again();
          return;
        }
        byId('progress-text').textContent = '終わりました。次の画面に進みます。';
        window.location.replace(address);
      };
      request.onerror = again;
      request.send();
    }

    again();
  }

  /* ⑧ starts the download by itself, once: a reload does not start it again. */
  function download(link) {
    var name = 'inkan.download.' + link.getAttribute('data-auto');
    var started;
    try {
      started = window.sessionStorage.getItem(name);
      window.sessionStorage.setItem(name, 'started');
    } catch (refused) {
      /* Without a memory of what was started nothing starts by itself: the button is there. */
      started = refused.name;
    }
    if (!started) {
      window.setTimeout(function () {
        window.location.href = link.href;
      }, 600);
    }
  }

  function present(id, act) {
    var element = byId(id);
    if (element) {
      act(element);
    }
  }

  focusProblems();
  each(document.querySelectorAll('form[data-once]'), sendOnce);
  present('keyboard', keyboard);
  present('progress', poll);
  present('download', download);
}());
