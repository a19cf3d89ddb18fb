export { mountMobileLogin } from './mobile-login.js';
