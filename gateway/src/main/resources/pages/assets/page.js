// The one script of the gateway's pages. The words are in the HTML: this shows, hides and fills its elements, and calls the
// public API as any client does. Attributes of the HTML that it knows:
//   data-state    one of the page's states; one is shown at a time
//   data-form     a form, answered by the page's handler of that name
//   data-error    shown when the API refuses a form with one of these codes; "other" for all that are not named
//   data-field    filled with that field of what the API answered; data-as says how it is written
//   data-optional hidden while a field in it has no value
//   data-choice   its child with that data-case is shown, or the one with "*"
//   data-list     its template is repeated for each element
//   data-link     an address with fields in it
'use strict';

const language = document.documentElement.lang;
const pathSegments = location.pathname.split('/').slice(1);

// ---- The API ----

// Answers with the JSON. What is refused becomes an exception with status, code and codes of fields ("password:required").
function call(method, path, body, headers) {
  const request = {method, credentials: 'same-origin', headers: Object.assign({Accept: 'application/json'}, headers)};
  if (body) {
    request.headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  return fetch('/api/v1' + path, request)
    .catch(() => { throw {status: 0, code: 'offline', fields: []}; })
    .then(answer => answer.text().then(text => {
      const json = text ? JSON.parse(text) : {};
      if (answer.ok) {
        return json;
      }
      throw {
        status: answer.status,
        code: json.code,
        fields: (json.errors || []).map(error => error.field + ':' + error.code),
      };
    }));
}

// A key by which the API recognizes that a request is sent again. Browsers have randomUUID over TLS only.
function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');
}

// ---- Elements ----

const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
const names = (element, attribute) => element.getAttribute(attribute).split(' ');

let shownState = null;

// Shows one state of the page, and tells people who cannot see it by moving the focus to its heading.
function show(state) {
  all('[data-state]').forEach(element => { element.hidden = element.dataset.state !== state; });
  const heading = document.querySelector('[data-state="' + state + '"] h1');
  if (heading && shownState !== state && shownState !== null) {
    heading.focus();
  }
  shownState = state;
}

function valueAt(object, field) {
  return field.split('.').reduce((value, name) => (value === undefined || value === null ? value : value[name]), object);
}

function written(value, as, object) {
  switch (as) {
    case 'money': {
      const format = new Intl.NumberFormat(language, {style: 'currency', currency: value.currency});
      const digits = format.resolvedOptions().maximumFractionDigits;
      return format.format(value.amountMinor / Math.pow(10, digits));
    }
    case 'time':
      return time(value);
    case 'event-time': { // from start to end in the time zone of the event, wherever the reader is
      const event = object.event || object;
      return times(event.startsAt, event.endsAt, event.timeZone);
    }
    case 'number':
      return new Intl.NumberFormat(language).format(value);
    case 'share': // in basis points
      return new Intl.NumberFormat(language, {style: 'percent', maximumFractionDigits: 2}).format(value / 10000);
    case 'words':
      return String(value).replace(/[-_.]/g, ' ');
    default:
      return String(value);
  }
}

function timeFormat(timeZone) {
  return new Intl.DateTimeFormat(language, {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
    hour: '2-digit', minute: '2-digit', timeZone, timeZoneName: 'short',
  });
}

function time(value) {
  return timeFormat().format(new Date(value));
}

function times(from, until, timeZone) {
  const format = timeFormat(timeZone);
  return format.formatRange // older browsers have none
    ? format.formatRange(new Date(from), new Date(until))
    : format.format(new Date(from)) + ' – ' + format.format(new Date(until));
}

// Fills every field, choice and link in an element from what the API has answered.
function fill(root, object) {
  all('[data-field]', root).forEach(element => {
    const value = valueAt(object, element.dataset.field);
    const missing = value === undefined || value === null;
    element.textContent = missing ? '' : written(value, element.dataset.as, object);
  });
  all('[data-choice]', root).forEach(element => choose(element, valueAt(object, element.dataset.choice)));
  all('[data-optional]', root).forEach(element => {
    const value = element.querySelector('[data-field], [data-choice]');
    element.hidden = value.hidden || !value.textContent;
  });
  all('[data-link]', root).forEach(element => {
    element.href = element.dataset.link.replace(/\{([a-zA-Z.]+)}/g, (_, field) => encodeURIComponent(valueAt(object, field)));
  });
}

const unlessZero = amount => (amount && amount.amountMinor !== 0 ? amount : null);

function choose(element, value) {
  const cases = Array.from(element.children).filter(child => child.dataset.case);
  const chosen = cases.find(child => names(child, 'data-case').includes(value))
    || cases.find(child => child.dataset.case === '*' && value !== undefined && value !== null);
  cases.forEach(child => { child.hidden = child !== chosen; });
  element.hidden = !chosen;
}

function list(name, elements) {
  const container = document.querySelector('[data-list="' + name + '"]');
  const template = container.querySelector('template');
  container.replaceChildren(template);
  elements.forEach(element => {
    const copy = template.content.cloneNode(true);
    fill(copy, element);
    container.append(copy);
  });
}

// ---- Forms ----

// Calls the handler with the form's values when it is sent; what the API refuses is shown in the form.
function onSubmit(name, handler) {
  all('[data-form="' + name + '"]').forEach(form => {
    form.addEventListener('submit', event => {
      event.preventDefault();
      const button = form.querySelector('button');
      button.disabled = true;
      hideErrors(form);
      handler(values(form), form)
        .catch(problem => explain(form, problem))
        .then(() => { button.disabled = false; });
    });
  });
}

function hideErrors(form) {
  all('[data-error]', form).forEach(error => { error.hidden = true; });
}

function values(form) {
  const result = {};
  Array.from(form.elements).filter(input => input.name && input.value).forEach(input => { result[input.name] = input.value; });
  return result;
}

function explain(form, problem) {
  const codes = problem.fields ? problem.fields.concat(problem.code) : [];
  const errors = all('[data-error]', form);
  const error = errors.find(element => names(element, 'data-error').some(name => codes.includes(name))) || errors.find(element => element.dataset.error === 'other');
  error.hidden = false;
  if (problem.code === 'totp-required') {
    askForCode(form);
  }
}

// The account has a second factor: the form has a field for its code, beside the password or in its place.
function askForCode(form) {
  all('[data-code]', form).forEach(field => { field.hidden = false; });
  all('[data-without-code]', form).forEach(field => {
    field.hidden = true;
    field.querySelector('input').value = '';
    field.querySelector('input').required = false;
  });
  form.querySelector('[data-code] input').focus();
}

// ---- Links in mails ----

// The token in the fragment, which no server ever sees: #token=…, or another name.
function token(name) {
  return new URLSearchParams(location.hash.slice(1)).get(name || 'token');
}

// A used link does not stay in the address, where somebody could copy it together with the page's address.
function forgetToken() {
  history.replaceState(null, '', location.pathname);
}

// ---- Passkeys ----

// Browsers have them over TLS and at localhost only, and older ones none.
const knowsPasskeys = Boolean(window.isSecureContext && navigator.credentials && window.PublicKeyCredential
  && PublicKeyCredential.parseRequestOptionsFromJSON);

// Has the device of the person sign, and logs in by that; the session of before ends.
function logInWithPasskey() {
  return call('POST', '/sessions/passkey/options')
    .then(options => navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)}))
    .then(credential => {
      const answer = credential.toJSON();
      const response = answer.response;
      return call('POST', '/sessions/passkey', {
        credentialId: answer.id,
        clientDataJson: response.clientDataJSON,
        authenticatorData: response.authenticatorData,
        signature: response.signature,
        userHandle: response.userHandle,
      });
    });
}

// Calls the handler once somebody has logged in by the button beside the password.
function onPasskey(name, handler) {
  all('[data-form="' + name + '"]').forEach(form => {
    const button = form.querySelector('[data-action="passkey"]');
    if (!button || !knowsPasskeys) {
      return;
    }
    button.hidden = false;
    button.addEventListener('click', () => {
      button.disabled = true;
      hideErrors(form);
      logInWithPasskey()
        .then(handler)
        // What the browser refuses, or the person, has no status.
        .catch(problem => explain(form, problem.status && problem.code !== 'invalid-credentials' ? problem : {code: 'passkey-refused', fields: []}))
        .then(() => { button.disabled = false; });
    });
  });
}

// Calls the handler once somebody has logged in, by whatever means.
function onLogIn(handler) {
  onSubmit('log-in', credentials => call('POST', '/sessions', credentials).then(handler));
  onPasskey('log-in', handler);
}

// ---- The session ----

// Runs what needs a session. Without one, people log in first, and then it runs again.
function withSession(action) {
  const loggedIn = () => {
    show('loading');
    return attempt();
  };
  onLogIn(loggedIn);
  function attempt() {
    return action().catch(problem => problem).then(problem => {
      all('[data-action="log-out"]').forEach(button => { button.hidden = Boolean(problem) && problem.status === 401; });
      if (problem) {
        refused(problem);
      }
    });
  }
  return attempt();
}

// Runs what the API does only for somebody who has proved lately who they are: asks for the password where it wants that.
let proved = null;

function proving(action) {
  return action().catch(problem => {
    if (problem.code !== 'step-up-required') {
      throw problem;
    }
    const asked = shownState;
    return new Promise(resolve => {
      proved = resolve;
      show('step-up');
    }).then(() => {
      show(asked);
      return action();
    });
  });
}

// A log-in by a passkey is a proof as well.
onPasskey('step-up', () => proved());
onSubmit('step-up', (typed, form) => call('POST', '/sessions/current/step-up', typed).then(() => {
  form.reset();
  proved();
}));

function refused(problem) {
  if (problem.status === undefined) {
    console.error(problem); // no refusal of the API, but a mistake in this script
  }
  if (problem.status === 401) {
    show('log-in');
  } else if ((problem.status === 403 || (problem.status === 404 && problem.code !== 'not-found'))
    && document.querySelector('[data-state="not-found"]')) {
    show('not-found');
  } else if (problem.status === 404 && document.querySelector('[data-state="not-here"]')) {
    show('not-here');
  } else if (problem.status === 404 || problem.status === 400) {
    show(document.querySelector('[data-state="not-found"]') ? 'not-found' : 'invalid');
  } else {
    show('unavailable');
  }
}

all('[data-action="log-out"]').forEach(button => button.addEventListener('click', () => {
  call('DELETE', '/sessions/current').then(() => location.reload(), () => show('unavailable'));
}));
// Another link of a mail, opened in the same tab, changes only the fragment.
window.addEventListener('hashchange', () => location.reload());
all('[data-action="reload"]').forEach(button => button.addEventListener('click', () => location.reload()));

// ---- The pages ----

const POLL_MILLIS = 2000;
const MAX_POLLS = 90;
const FEW_POLLS = 5;

// A look that the page takes by itself. Once something else is shown its answer comes too late: somebody may be typing there.
function lookAgain(state, look) {
  const isWanted = () => shownState === state;
  if (isWanted()) {
    look(isWanted).catch(problem => (isWanted() ? refused(problem) : undefined));
  }
}

const pages = {
  'verify-email'() {
    show(token() ? 'ready' : 'invalid');
    onSubmit('use-link', typed => call('POST', '/accounts/verification', Object.assign({token: token()}, typed)).then(
      () => {
        forgetToken();
        show('done');
      },
      invalidLink('invalid')));
    onSubmit('new-link', typed => call('POST', '/accounts/verification-mails', typed).then(() => show('sent')));
  },

  'reset-password'() {
    const ask = reason => {
      fill(document, {reason});
      show('ask');
    };
    if (token()) {
      show('ready');
    } else {
      ask('asked');
    }
    onSubmit('use-link', typed => call('POST', '/password-resets/completion', Object.assign({token: token()}, typed)).then(
      () => {
        forgetToken();
        show('done');
      },
      problem => {
        if (problem.code === 'token-invalid') {
          ask('invalid');
        } else {
          return missingApi(problem);
        }
      }));
    onSubmit('new-link', typed => call('POST', '/password-resets', typed).then(() => show('sent'), missingApi));
  },

  'confirm-email'() {
    const revert = token('revert');
    fill(document, {action: revert ? 'revert' : 'confirmation'});
    if (revert) {
      show('ready-to-revert');
    } else {
      show(token() ? 'ready' : 'invalid');
    }
    const use = (action, body) => call('POST', '/me/email-changes/' + action, body).then(
      () => {
        forgetToken();
        show('done');
      },
      invalidLink('invalid'));
    onSubmit('use-link', typed => use('confirmation', Object.assign({token: token()}, typed)));
    onSubmit('revert', () => use('revert', {token: revert}));
  },

  invitations() {
    const secret = token();
    show(secret ? 'ready' : 'invalid');
    const accept = () => call('POST', '/invitations/acceptance', {token: secret}).then(accepted => {
      forgetToken();
      return call('GET', '/organizations/' + accepted.organizationId)
        .catch(() => ({}))
        .then(organization => {
          fill(document, {name: organization.name, role: accepted.role});
          show('done');
        });
    }).catch(problem => {
      const state = {'invitation-of-another-address': 'other-address', 'already-member': 'member'}[problem.code];
      if (!state) {
        throw problem;
      }
      all('[data-action="log-out"]').forEach(button => { button.hidden = false; });
      show(state);
    });
    useWithSession(accept);
  },

  event() {
    show('loading');
    call('GET', '/events/' + pathSegments[1]).then(event => {
      fill(document, event);
      list('ticketTypes', event.ticketTypes);
      show('event');
    }).catch(refused);
  },

  registration() {
    const address = '/registrations/' + pathSegments[1];
    const hasReturned = new URLSearchParams(location.search).get('checkout') === 'done';
    const section = document.querySelector('[data-state="registration"]');
    const payForm = document.querySelector('[data-form="pay"]');
    let registration = null;
    let payment = null;
    let polls = 0;

    const situationOf = () => {
      const status = payment && payment.status;
      switch (registration.status) {
        case 'held':
          if (!payment) {
            return 'preparing';
          }
          if (status === 'awaiting-payment') {
            return hasReturned && polls < MAX_POLLS ? 'waiting' : 'to-pay';
          }
          return status === 'processing' ? 'processing' : 'received';
        case 'expired':
          return status === 'captured' ? 'too-late' : 'hold-over';
        default:
          return registration.status;
      }
    };
    // What can be given up: the hold as a whole, or tickets until the event starts.
    const cancellingOf = situation => {
      if (situation === 'to-pay') {
        return 'hold';
      }
      const isBefore = Date.now() < new Date(registration.event.startsAt).getTime();
      return situation === 'confirmed' && isBefore ? 'tickets' : null;
    };
    // What goes back for cancelled tickets is known at once; billing hears of it a moment later.
    const comingBack = () => {
      const sum = amounts => amounts.reduce((total, amount) => total + amount.amountMinor, 0);
      const refunds = payment ? payment.refunds || [] : [];
      const ofTickets = sum(registration.tickets.map(ticket => ticket.refund).filter(Boolean));
      const underWay = sum(refunds.filter(refund => ['requested', 'pending'].includes(refund.status)).map(refund => refund.amount));
      const refunded = payment ? payment.refunded.amountMinor : 0;
      const amountMinor = Math.max(underWay, ofTickets - refunded, 0);
      return unlessZero({amountMinor, currency: registration.total.currency});
    };
    const load = () => look(() => true);
    const look = isWanted => call('GET', address)
      .then(found => {
        if (isWanted()) {
          registration = found;
        }
        return call('GET', '/payments?waitSeconds=5&registrationId=' + registration.id).catch(problem => {
          if (problem.status === 401) {
            throw problem;
          }
          return {data: []};
        });
      })
      .then(found => {
        if (!isWanted()) {
          return;
        }
        payment = found.data[0] || null;
        const situation = situationOf();
        const coming = comingBack();
        const hasFailed = coming && payment && (payment.refunds || []).some(refund => refund.status === 'failed');
        fill(section, Object.assign({}, registration, {
          situation,
          refunded: payment && unlessZero(payment.refunded),
          comingBack: hasFailed ? null : coming,
          refundStatus: hasFailed ? 'failed' : null,
          cancelling: cancellingOf(situation),
        }));
        list('tickets', registration.tickets);
        payForm.hidden = situation !== 'to-pay';
        show('registration');
        again(situation, coming && !hasFailed);
      });
    // Looks again while something is about to happen: payment, confirmation and refunds arrive by themselves, and a hold ends.
    const again = (situation, isComing) => {
      const isPassing = ['preparing', 'waiting', 'processing', 'received'].includes(situation) || isComing
        || (situation === 'too-late' && payment.refunded.amountMinor === 0);
      if (isPassing && polls < MAX_POLLS) {
        polls += 1;
        setTimeout(() => lookAgain('registration', look), POLL_MILLIS);
      } else if (situation === 'to-pay') {
        const untilHoldEnds = new Date(registration.holdExpiresAt).getTime() - Date.now();
        setTimeout(() => lookAgain('registration', look), Math.max(untilHoldEnds + POLL_MILLIS, POLL_MILLIS * 15));
      }
    };

    onSubmit('pay', () => call('POST', '/payments/' + payment.id + '/checkout', {
      successUrl: location.origin + address + '?checkout=done',
      cancelUrl: location.origin + address,
    }).then(page => location.assign(page.url)));
    cancellation(address, () => registration, () => {
      polls = 0;
      return load();
    });
    show('loading');
    withSession(load);
  },

  waitlist() {
    const address = '/waitlist/' + pathSegments[1];
    const acceptForm = document.querySelector('[data-form="accept"]');
    const leaveForm = document.querySelector('[data-form="leave"]');
    let places = [];
    const load = () => call('GET', address).then(entry => {
      fill(document.querySelector('[data-state="entry"]'), entry);
      places = entry.tickets.flatMap(ticket => Array(ticket.quantity).fill(ticket.ticketTypeId));
      list('places', places.map((_, index) => ({number: index + 1})));
      acceptForm.hidden = entry.status !== 'offered';
      leaveForm.hidden = !['waiting', 'offered'].includes(entry.status);
      show('entry');
    });
    onSubmit('accept', () => {
      const typed = name => all('[data-input="' + name + '"]', acceptForm).map(input => input.value);
      const attendeeNames = typed('name');
      const emails = typed('email');
      const tickets = places.map((ticketTypeId, index) =>
        ({ticketTypeId, attendee: {name: attendeeNames[index], email: emails[index]}}));
      return call('POST', address + '/acceptance', {tickets})
        .then(registration => location.assign('/registrations/' + registration.id));
    });
    onSubmit('leave', () => call('DELETE', address).then(load));
    show('loading');
    withSession(load);
  },

  organization() {
    const kind = pathSegments[2];
    if (kind === 'payout-account') {
      payoutAccount('/organizations/' + pathSegments[1] + '/payout-account');
      return;
    }
    if (kind === 'subscription') {
      plan('/organizations/' + pathSegments[1]);
      return;
    }
    const isShown = ['payments', 'refunds', 'disputes', 'payouts'].includes(kind) && pathSegments[3];
    const address = isShown ? '/' + kind + '/' + pathSegments[3] : '/organizations/' + pathSegments[1];
    show('loading');
    withSession(() => call('GET', address).then(subject => {
      fill(document, Object.assign({}, subject, {
        kind: isShown ? kind : 'organization',
        disputeKind: subject.kind,
        captured: unlessZero(subject.captured),
        refunded: unlessZero(subject.refunded),
      }));
      show('subject');
    }));
  },
};

// What an organization still has to enter at Stripe before it can be paid, and the way there.
function payoutAccount(address) {
  const form = document.querySelector('[data-form="onboard"]');
  let polls = 0;
  const load = () => look(() => true);
  const look = isWanted => call('GET', address).then(account => {
    if (!isWanted()) {
      return;
    }
    const mustGoOn = account.status !== 'ready' || account.requirements.some(required => required.state !== 'pending-verification');
    fill(document.querySelector('[data-state="payout-account"]'), Object.assign({}, account, {
      currencies: account.currencies.join(', '),
      requires: account.requirements.length > 0 ? 'something' : null,
    }));
    list('requirements', account.requirements);
    form.hidden = !mustGoOn;
    show('payout-account');
    if (account.status === 'onboarding' && polls < MAX_POLLS) { // what was entered at Stripe arrives here a moment later
      polls += 1;
      setTimeout(() => lookAgain('payout-account', look), POLL_MILLIS);
    }
  });
  onSubmit('onboard', () => proving(() => call('POST', address, {returnUrl: location.origin + location.pathname}))
    .then(link => location.assign(link.url)));
  show('loading');
  withSession(load);
}

// How an organization's plan stands, and the cards that pay it.
function plan(address) {
  const cardsAddress = address + '/payment-methods';
  const form = document.querySelector('[data-form="choose-card"]');
  const confirmForm = document.querySelector('[data-form="confirm-payment"]');
  let bankPage = null;
  let cards = [];
  let seen = null;
  let polls = 0;
  let timer = null;

  const changePageOf = subscription => subscription.pendingChange && subscription.pendingChange.authenticationUrl;
  const bankPageOf = subscription => changePageOf(subscription) || subscription.authenticationUrl;
  const situationOf = subscription => {
    if (bankPageOf(subscription)) {
      return changePageOf(subscription) ? 'to-confirm' : 'month-to-confirm';
    }
    if (['free', 'past-due', 'grace'].includes(subscription.status)) {
      return subscription.status;
    }
    if (subscription.cancelAtPeriodEnd) {
      return 'ending';
    }
    return subscription.paymentMethodRequired ? 'card-needed' : subscription.status;
  };
  const tell = subscription => {
    const situation = situationOf(subscription);
    const periodEnd = subscription.period.end;
    const next = situation === 'ending' ? null : subscription.scheduledChange;
    fill(document.querySelector('[data-state="plan"]'), {
      situation,
      planId: subscription.planId,
      trialEndsAt: subscription.status === 'trialing' ? subscription.trialEndsAt : null,
      nextChargeAt: situation === 'active' ? periodEnd : null,
      endsAt: situation === 'ending' ? periodEnd : subscription.graceEndsAt,
      nextPlanId: next && next.planId,
      nextPlanAt: next && next.at,
    });
    bankPage = bankPageOf(subscription);
    confirmForm.hidden = !bankPage;
    list('cards', cards.map(card =>
      Object.assign({expires: String(card.expMonth).padStart(2, '0') + '/' + card.expYear}, card)));
    all('input', form).forEach((input, index) => {
      input.checked = cards[index].isDefault;
      input.disabled = cards[index].status === 'expired';
    });
    form.hidden = cards.length === 0;
  };
  const load = () => look(() => true);
  const look = isWanted => call('GET', address + '/subscription').then(subscription => call('GET', cardsAddress).then(found => {
    if (!isWanted()) {
      return;
    }
    const answered = JSON.stringify([subscription, found.data]);
    if (answered !== seen) { // what somebody has marked meanwhile stays marked
      seen = answered;
      cards = found.data;
      tell(subscription);
    }
    show('plan');
    again(['past-due', 'grace', 'card-needed', 'to-confirm', 'month-to-confirm'].includes(situationOf(subscription)));
  }));
  // A card that was saved at Stripe arrives here a moment later, and so does what is paid by it.
  const again = isPassing => {
    clearTimeout(timer);
    if (polls < (isPassing ? MAX_POLLS : FEW_POLLS)) {
      polls += 1;
      timer = setTimeout(() => lookAgain('plan', look), POLL_MILLIS);
    }
  };

  onSubmit('choose-card', () => {
    const chosen = cards[all('input', form).findIndex(input => input.checked)];
    if (!chosen) {
      return Promise.reject({code: 'payment-method-not-found'});
    }
    return call('PUT', cardsAddress + '/' + encodeURIComponent(chosen.id) + '/default').then(() => {
      seen = null;
      polls = 0;
      return load();
    });
  });
  onSubmit('confirm-payment', () => Promise.resolve(location.assign(bankPage)));
  onSubmit('save-card', () => call('POST', cardsAddress + '/setup', {returnUrl: location.origin + location.pathname})
    .then(page => location.assign(page.url)));
  show('loading');
  withSession(load);
}

// What a buyer gives up: tickets, after the API has said what goes back for them, or the whole hold.
function cancellation(address, registration, reload) {
  const section = document.querySelector('[data-state="cancel"]');
  const form = document.querySelector('[data-form="cancel"]');
  const outcome = document.querySelector('[data-choice="outcome"]');
  const confirm = form.querySelector('button');
  let tickets = [];
  let key = null; // one for each time that the buyer comes here, however often the button is pressed
  let previews = 0;

  const isHold = () => registration().status === 'held';
  const boxes = () => all('input', form);
  const chosenIds = () => tickets.filter((_, index) => boxes()[index].checked).map(ticket => ticket.id);
  const preview = () => {
    const ticketIds = chosenIds();
    previews += 1;
    const mine = previews;
    hideErrors(form);
    confirm.disabled = true; // until the buyer has been told what goes back
    if (ticketIds.length === 0) {
      choose(outcome, 'nothing-chosen');
      return;
    }
    const unlessStale = answered => answer => (mine === previews ? answered(answer) : undefined);
    call('POST', address + '/cancellation-preview', {ticketIds}).then(
      unlessStale(told),
      unlessStale(problem => {
        choose(outcome, null);
        return problem.status === 401 ? refused(problem) : explain(form, problem);
      }));
  };
  const told = answer => {
    const paidMinor = answer.tickets.reduce((sum, ticket) => sum + ticket.paid.amountMinor, 0);
    const withoutRefund = paidMinor > 0 ? 'no-refund' : 'free';
    fill(outcome, Object.assign({paid: {amountMinor: paidMinor, currency: answer.refund.currency}}, answer));
    choose(outcome, answer.refund.amountMinor > 0 ? 'refund' : withoutRefund);
    confirm.disabled = false;
  };
  const open = () => {
    key = newKey();
    tickets = registration().tickets.filter(ticket => ticket.status !== 'cancelled');
    fill(section, Object.assign({}, registration(), {cancelling: isHold() ? 'hold' : 'tickets', outcome: null}));
    list('cancellable', tickets);
    // Where there is nothing to choose there are names alone.
    boxes().forEach(box => { box.hidden = isHold() || tickets.length === 1; });
    show('cancel');
    hideErrors(form);
    confirm.disabled = false;
    if (!isHold()) {
      preview();
    }
  };

  all('[data-action="cancel"] button').forEach(button => button.addEventListener('click', open));
  document.querySelector('[data-action="keep"]').addEventListener('click', () => reload().catch(refused));
  form.addEventListener('change', preview);
  onSubmit('cancel', () => {
    const body = isHold() ? {} : {ticketIds: chosenIds()};
    return proving(() => call('POST', address + '/cancellation', body, {'Idempotency-Key': key})).then(reload, problem => {
      if (problem.code === 'event-changed') {
        key = newKey(); // other terms than the buyer has seen: it is another wish
        preview();
      }
      throw problem;
    });
  });
}

// For a handler of refusals: an invalid link shows that state, everything else is shown in the form.
function invalidLink(state) {
  return problem => {
    if (problem.code !== 'token-invalid') {
      throw problem;
    }
    show(state);
  };
}

// For a handler of refusals: says so where this platform cannot do it yet.
function missingApi(problem) {
  if (problem.status !== 404) {
    throw problem;
  }
  show('not-here');
}

// The button of a mail's page, whose use may need a session first.
function useWithSession(use) {
  const orExplained = () => use().catch(problem => {
    if (problem.status === 401 || problem.status === 404) {
      refused(problem);
    } else {
      return invalidLink('invalid')(problem);
    }
  });
  onSubmit('use-link', orExplained);
  onLogIn(orExplained);
}

pages[document.body.dataset.page]();
