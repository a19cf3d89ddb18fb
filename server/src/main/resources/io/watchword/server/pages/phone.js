import { createMobileAuth, indexedDbStorage } from '/demo/js/index.js';

const APP = 'demo-app';
const part = (id) => document.getElementById(id);
const show = (id, visible = true) => { part(id).hidden = !visible; };

let session = null;

function say(text, kind = '') {
  part('result').textContent = text;
  part('result').dataset.kind = kind;
}

const deviceId = (localStorage.demoDevice ??= crypto.randomUUID());
const { server } = await (await fetch('/oauth/mobile-auth/v1/config')).json();
const mobileAuth = createMobileAuth({
  server,
  appId: APP,
  device: { id: deviceId, name: 'Demo phone', platform: 'web' },
  session: async () => session,
  storage: indexedDbStorage(),
});

const people = (await (await fetch('/demo/people')).json()).filter(({ userId, password }) => userId && password);
for (const { userId, name } of people) {
  part('user').append(new Option(`${name ?? userId} (${userId})`, userId));
}

part('enter').addEventListener('click', async () => {
  const { userId, password } = people.find((each) => each.userId === part('user').value);
  const answer = await fetch('/oauth/token', {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: APP, username: userId, password }),
  });
  const tokens = await answer.json();
  if (!answer.ok) return say(`The log-in failed: ${tokens.error_description}`, 'bad');
  session = { profileId: tokens.profile_id, accessToken: tokens.access_token };
  try {
    if (!(await mobileAuth.isUserEnrolled({ profileId: session.profileId }).catch(() => false))) {
      await mobileAuth.enroll();
    }
  } catch (error) {
    return say(`Enrolling failed: ${error.description} (${error.code})`, 'bad');
  }
  part('who').textContent = userId;
  show('log-in', false);
  show('scan');
  say('This phone is enrolled.', 'good');
});

part('take').addEventListener('click', () => handle(part('code').value));
part('picture').addEventListener('change', ({ target }) => decode(target.files[0]));
part('code').addEventListener('paste', (event) => {
  const picture = [...event.clipboardData.items].find(({ type }) => type.startsWith('image/'));
  if (picture) {
    event.preventDefault();
    decode(picture.getAsFile());
  }
});
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer.files;
  if (file && session) decode(file);
});

async function decode(picture) {
  const text = await read(picture);
  if (text) handle(text);
  else say('There is no code in this picture.', 'bad');
}

async function read(picture) {
  const answer = await fetch('/demo/phone/decode', { method: 'POST', body: await shrunk(picture) });
  return answer.ok ? (await answer.json()).text : null;
}

// The server decodes pictures of up to 4 million pixels; cameras of phones make larger ones.
async function shrunk(picture) {
  const image = await createImageBitmap(picture).catch(() => null);
  const scale = image ? Math.sqrt(3_500_000 / (image.width * image.height)) : 1;
  if (scale >= 1) return picture;
  const canvas = document.createElement('canvas');
  canvas.width = Math.floor(image.width * scale);
  canvas.height = Math.floor(image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, 'image/png'));
}

part('camera').addEventListener('click', async () => {
  const view = part('view');
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch {
    return say('There is no camera, or it may not be used.', 'bad');
  }
  view.srcObject = stream;
  show('view');
  await view.play();
  const canvas = document.createElement('canvas');
  while (stream.active) {
    canvas.width = view.videoWidth;
    canvas.height = view.videoHeight;
    canvas.getContext('2d').drawImage(view, 0, 0);
    const text = await read(await new Promise((done) => canvas.toBlob(done, 'image/png')));
    if (text) {
      stream.getTracks().forEach((track) => track.stop());
      show('view', false);
      return handle(text);
    }
    await new Promise((done) => setTimeout(done, 300));
  }
});

function handle(text) {
  if (!mobileAuth.otp.canHandleRequest(text.trim())) return say('This is no code of a login page.', 'bad');
  say('Asking the server …');
  mobileAuth.otp
    .handleRequest(text.trim())
    .onConfirmationRequest(ask)
    .onSuccess(() => done('You have logged in on that page.', 'good'))
    .onError(({ code, reason, description }) =>
      done(code === 9006 ? 'You have denied it.' : `It failed: ${description} (${code}${reason ? `, ${reason}` : ''})`, code === 9006 ? '' : 'bad'));
}

function done(text, kind) {
  show('question', false);
  show('scan');
  part('code').value = '';
  say(text, kind);
}

function ask(actions, request) {
  show('scan', false);
  show('question');
  part('message').textContent = request.message;
  const place = [request.context?.browser, request.context?.os].filter(Boolean).join(', ');
  facts({
    Asks: request.portalName,
    Page: request.origin,
    Browser: place,
    Network: { same_network: 'the same as this phone', different: 'not that of this phone' }[request.context?.proximity],
    Until: new Date(Date.now() + request.expiresInMs).toLocaleTimeString(),
  });
  show('numbers', request.confirm === 'choose');
  show('entry', request.confirm === 'enter');
  part('number').value = '';
  let chosen = null;
  part('numbers').replaceChildren(...(request.numbers ?? []).map((number) => {
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: number });
    button.addEventListener('click', () => {
      chosen = number;
      for (const each of part('numbers').children) each.setAttribute('aria-pressed', String(each === button));
    });
    return button;
  }));
  say(request.attemptsLeft === 1 && request.confirm === 'enter' ? 'One try is left.' : '');
  part('deny').onclick = () => actions.deny({ reason: 'not_me' });
  part('accept').onclick = () => {
    const number = request.confirm === 'choose' ? chosen : request.confirm === 'enter' ? part('number').value : undefined;
    if (request.confirm !== 'tap' && !/^[0-9]{2}$/.test(number ?? '')) return say('Which number does the page show?', 'bad');
    actions.accept(number === undefined ? undefined : { number });
  };
  part('deny').focus();
}

function facts(all) {
  part('facts').replaceChildren(...Object.entries(all).filter(([, value]) => value).flatMap(([name, value]) => [
    Object.assign(document.createElement('dt'), { textContent: name }),
    Object.assign(document.createElement('dd'), { textContent: value }),
  ]));
}
