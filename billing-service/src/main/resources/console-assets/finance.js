// The script of the finance pages. The pages are whole without it: it only sends what a person does to the API.
//   data-call     a form: the method and the address that it calls; its named fields are the JSON body
//   data-key      the call carries one Idempotency-Key for as long as the page is open
//   data-go       a form that opens this address with its fields in it
//   data-unfold   a button that unfolds every part of a tree, or folds them again
'use strict';

const all = selector => Array.from(document.querySelectorAll(selector));
const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('');

function fields(form) {
  const named = {};
  Array.from(form.elements).filter(field => field.name).forEach(field => { named[field.name] = field.value; });
  return named;
}

function say(form, text) {
  const alert = form.querySelector('[role=alert]');
  if (alert) {
    alert.textContent = text;
  }
}

// What a person can read of a refusal.
function told(problem) {
  const faults = (problem.errors || []).map(error => error.field + ': ' + error.code.replace(/-/g, ' '));
  return [problem.detail || problem.title || 'It did not work.'].concat(faults).join(' ');
}

function send(form) {
  const [method, address] = form.dataset.call.split(' ');
  const body = fields(form);
  const headers = {Accept: 'application/json'};
  const request = {method, headers, credentials: 'same-origin'};
  if (Object.keys(body).length > 0) {
    headers['Content-Type'] = 'application/json';
    request.body = JSON.stringify(body);
  }
  if (form.hasAttribute('data-key')) {
    headers['Idempotency-Key'] = key;
  }
  return fetch(address, request).then(answer => answer.ok
    ? location.reload()
    : answer.json().then(problem => say(form, told(problem))));
}

all('form[data-call]').forEach(form => form.addEventListener('submit', event => {
  event.preventDefault();
  const button = form.querySelector('button');
  button.disabled = true;
  say(form, '');
  send(form)
    .catch(() => say(form, 'There was no answer. Look whether it was done, then try again.'))
    .then(() => { button.disabled = false; });
}));

all('form[data-go]').forEach(form => form.addEventListener('submit', event => {
  event.preventDefault();
  const named = fields(form);
  location.assign(form.dataset.go.replace(/\{([a-z]+)}/g, (_, name) => encodeURIComponent(named[name].trim())));
}));

all('[data-unfold]').forEach(button => button.addEventListener('click', () => {
  const parts = all('.tree details');
  const open = parts.some(part => !part.open);
  parts.forEach(part => { part.open = open; });
  button.textContent = open ? 'Fold all' : 'Unfold all';
}));
