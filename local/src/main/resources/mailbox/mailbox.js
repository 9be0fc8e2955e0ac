// Puts new mails on top of the list as they arrive. The page is not loaded anew, so nobody loses the place.
'use strict';

const POLL_MILLIS = 2000;
const list = document.querySelector('[data-last-id]');
const template = document.querySelector('template');

function localTimes(root) {
  root.querySelectorAll('time').forEach(time => {
    time.textContent = new Date(time.dateTime).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'medium'});
  });
}

function show(mail) {
  const item = template.content.cloneNode(true);
  const link = item.querySelector('a');
  link.href = '/messages/' + mail.id;
  link.textContent = mail.subject || '(no subject)';
  item.querySelector('span').textContent = mail.to;
  item.querySelector('time').dateTime = mail.receivedAt;
  item.querySelector('li').className = 'new';
  localTimes(item);
  list.prepend(item);
  list.dataset.lastId = mail.id;
  document.querySelector('[data-empty]').hidden = true;
}

function poll() {
  fetch('/api/messages?after=' + list.dataset.lastId)
    .then(answer => answer.json())
    .then(mails => mails.forEach(show))
    .catch(() => {}) // the mailbox is away: it may come back
    .then(() => setTimeout(poll, POLL_MILLIS));
}

localTimes(document);
if (list) {
  setTimeout(poll, POLL_MILLIS);
}
